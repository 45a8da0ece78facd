import { expect, it } from 'vitest'
import { type ConnectionTest, testProblem } from './connection-test.ts'
import type { FailureCode } from './failure-codes.ts'

const at = '2026-11-20T14:00:00.000Z'

const test = (...failures: (FailureCode | null)[]): ConnectionTest => ({
  at,
  reads: failures.map((failure) => ({ read: 'companies', failure, durationMs: 1 })),
})

it.each<[string, ConnectionTest | null, FailureCode | null]>([
  ['none was made', null, null],
  ['all answered', test(null, null), null],
  ['one answered', test('read_forbidden', null), null],
  ['none answered', test('read_forbidden', 'read_failed'), 'read_forbidden'],
  ['the provider was away', test('provider_unavailable'), null],
  ['one might have answered', test('read_forbidden', 'provider_throttled'), null],
])('a test says what keeps every read from working: %s', (_, made, code) => {
  expect(testProblem(made)).toEqual(code && { code, at: new Date(at) })
})
