import { expect, it } from 'vitest'
import { type Step, stateFailure } from './pending-authorization.ts'

const now = new Date('2026-11-20T14:00:00Z')
const ago = (ms: number) => new Date(now.getTime() - ms)
const ahead = (ms: number) => new Date(now.getTime() + ms)

it.each<[Step, boolean, Date, Date, string | null]>([
  ['pending', true, ahead(1), ago(0), null],
  ['pending', true, now, ago(0), 'state_expired'],
  ['parked', true, ahead(1), ago(0), null],
  ['parked', true, ago(1), ago(0), 'state_expired'],
  ['exchanging', true, ahead(1), ago(60_000), 'exchange_under_way'],
  ['exchanging', true, ahead(1), ago(60_001), 'exchange_interrupted'],
  ['done', true, ago(1), ago(0), 'exchange_done'],
  ['failed', true, ahead(1), ago(0), 'state_replayed'],
  ['pending', false, ahead(1), ago(0), 'state_foreign'],
  ['done', false, ahead(1), ago(0), 'state_foreign'],
])('a return to a step %s, same browser %s', (step, sameBrowser, expiresAt, steppedAt, code) => {
  expect(stateFailure({ step, sameBrowser, expiresAt, steppedAt }, now)).toBe(code)
})
