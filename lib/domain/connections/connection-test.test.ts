import { expect, it } from 'vitest'
import type { FailureCode } from '../failure-codes.ts'
import { type ConnectionTest, testProblem, tokenRefused } from './connection-test.ts'

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

it.each<[boolean, (FailureCode | null)[]]>([
  [true, ['access_refused', 'access_refused', 'read_expired']],
  [false, ['access_refused', null]],
  [false, ['access_refused', 'provider_unavailable']],
  [false, ['read_forbidden']],
  [false, []],
])('a test says (%s) whether the token is what was refused: %j', (refused, failures) => {
  expect(tokenRefused(test(...failures).reads)).toBe(refused)
})
