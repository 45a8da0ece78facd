import { expect, test } from 'vitest'
import type { CandidateView, ConnectionView } from '#lib/domain/connection-view.ts'
import { type FailureCode, fieldOf, remedyOf } from '#lib/domain/failure-codes.ts'
import type { KeyPage } from '#lib/server/key-page.ts'
import { planPage } from './plan.ts'

const now = new Date('2026-11-20T13:09:00Z')

const connection: ConnectionView['connection'] = {
  account: null,
  connectedAt: now,
  connectedBy: 'Marie',
  lastSuccessAt: now,
  expiresAt: now,
  lifetimeMs: 3_600_000,
}

const candidate: CandidateView = { id: 'c', question: 'replace', account: null, maySkip: false, forgottenAt: now }
const waitingCode = { arrivedAt: now, expiresAt: now }

const blank: ConnectionView = {
  headline: 'unconfigured',
  tone: 'neutral',
  problem: null,
  revision: 1,
  enabled: true,
  paused: null,
  clientIdentifier: '',
  secret: null,
  authStatus: null,
  connection: null,
  candidate: null,
  waitingCode: null,
}

const pageOf = (view: Partial<ConnectionView>, code: FailureCode | null = null, canFinish = false): KeyPage => ({
  view: { ...blank, ...view },
  redirectUri: 'https://keys.example/oauth/callback',
  problem: code && { code, field: fieldOf(code), remedy: remedyOf(code), at: now },
  canFinish,
  now,
})

const live = { headline: 'connected', tone: 'ok', connection } as const
const refused = { headline: 'refused', tone: 'bad' } as const

test.each([
  ['a first visit leads to Teamleader', pageOf({}), 'connect'],
  ['a live connection is only saved', pageOf(live), 'save'],
  ['a code that waits is consented to by saving', pageOf({ headline: 'code_received', waitingCode }), 'save'],
  ['a question comes before anything else', pageOf({ ...live, headline: 'question', candidate }), 'question'],
  ['a parked code is finished with first', pageOf({}, null, true), 'finish'],
  ['a pause is ended where it is told', pageOf({ headline: 'paused', connection }), 'resume'],
  ['a refused code is repaired at its field', pageOf(refused, 'code_expired'), 'repair'],
  ['a refused consent is repaired among the facts', pageOf(refused, 'access_denied'), 'repair'],
  ['an exchange under way is looked at again', pageOf({}, 'exchange_under_way'), 'refresh'],
  ['who turned back on the way leaves again', pageOf({}, 'never_returned'), 'repair'],
  ['who turned back and works need not leave again', pageOf(live, 'never_returned'), 'save'],
] as const)('%s', (_, page, solid) => {
  expect(planPage(page).solid).toBe(solid)
})

test.each([
  ['code_expired', 'field', 'connect'],
  ['never_returned', 'field', 'connect'],
  ['access_denied', 'facts', 'connect'],
  ['other_user', 'facts', 'sign_out'],
  ['exchange_done', 'notice', null],
  ['exchange_under_way', 'notice', 'reload'],
] as const)('%s is told at the %s and repaired by %s', (code, spot, repair) => {
  expect(planPage(pageOf(refused, code))).toMatchObject({ spot, repair })
})

test('a secret to correct is saved while something is connected, and taken along to Teamleader before', () => {
  expect(planPage(pageOf({ ...live, headline: 'misconfigured' }, 'invalid_client')).repair).toBe('save')
  expect(planPage(pageOf(refused, 'invalid_client')).repair).toBe('connect')
})

test('a failure beside a live connection does not speak for the connection', () => {
  expect(planPage(pageOf(live, 'access_denied')).story).toBe('beside')
  expect(planPage(pageOf(live, 'exchange_done')).story).toBeNull()
})

test('a code that came back silences the departure that did not', () => {
  expect(planPage(pageOf({ headline: 'code_received', waitingCode }, 'never_returned')).spot).toBeNull()
})
