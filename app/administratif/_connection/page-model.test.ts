import { expect, test } from 'vitest'
import type { CandidateView, ConnectionView } from '#lib/domain/connections/connection-view.ts'
import { type FailureCode, fieldOf, remedyOf } from '#lib/domain/failure-codes.ts'
import type { KeyPage } from '#lib/server/loaders/connections/key-page.ts'
import { buildPageModel, needsAttention } from './page-model.ts'

const now = new Date('2026-11-20T13:09:00Z')

const connection: ConnectionView['connection'] = {
  account: null,
  connectedAt: now,
  connectedBy: 'Marie',
  expiresAt: now,
  lifetimeMs: 3_600_000,
  accessRefused: false,
  nextRefreshAt: now,
  attempts: 0,
  since: now,
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
  restoredAt: null,
  begun: false,
  through: null,
  clientId: '',
  target: '',
  supersededAt: null,
  lastSuccessAt: null,
  lastTest: null,
  secret: null,
  authStatus: null,
  connection: null,
  candidate: null,
  waitingCode: null,
}

const pageOf = (view: Partial<ConnectionView>, code: FailureCode | null = null, canFinish = false): KeyPage => ({
  provider: 'teamleader',
  grant: 'authorization_code',
  view: { ...blank, ...view },
  redirectUri: 'https://keys.example/oauth/callback',
  through: 'own',
  sharedOffered: false,
  wording: 'teamleader',
  problem: code && { code, field: fieldOf(code), remedy: remedyOf(code), at: now, through: 'own' },
  canFinish,
  now,
  diagnostic: '',
})

const live = { headline: 'connected', tone: 'ok', connection } as const
const degraded = { ...live, headline: 'degraded', tone: 'warn' } as const
const broken = { headline: 'reconnect_required', tone: 'bad', connection } as const
const misconfigured = { headline: 'misconfigured', tone: 'bad', connection } as const
const paused = { headline: 'paused', enabled: false, connection } as const
const refused = { headline: 'refused', tone: 'bad' } as const

test.each([
  ['a first visit leads to Teamleader', pageOf({}), 'connect'],
  ['a live connection is only saved', pageOf(live), 'save'],
  ['a code that waits is consented to where it is told', pageOf({ headline: 'code_received', waitingCode }), 'code'],
  ['a question comes before anything else', pageOf({ ...live, headline: 'question', candidate }), 'question'],
  ['a parked code is finished with first', pageOf({}, null, true), 'finish'],
  ['a pause is ended where it is told', pageOf({ headline: 'paused', connection }), 'resume'],
  ['a refused code is asked for again where the form ends', pageOf(refused, 'code_expired'), 'connect'],
  ['so is a refused consent', pageOf(refused, 'access_denied'), 'connect'],
  ['an exchange under way is looked at again', pageOf({}, 'exchange_under_way'), 'refresh'],
  ['who turned back on the way leaves again', pageOf({}, 'never_returned'), 'connect'],
  ['who turned back and works need not leave again', pageOf(live, 'never_returned'), 'save'],
  ['a renewal that is late is tested where it is told', pageOf(degraded, 'renewal_delayed'), 'repair'],
  ['an account that is not known yet is asked for again', pageOf(degraded, 'identity_unknown'), 'repair'],
  ['a late renewal does not send back who turned back', pageOf(degraded, 'never_returned'), 'save'],
  ['a withdrawn access is given again where it is told', pageOf(broken, 'revoked'), 'repair'],
  ['so is one whose answer was lost', pageOf(broken, 'lost_response'), 'repair'],
  ['who turned back from reconnecting still has to reconnect', pageOf(broken, 'never_returned'), 'reconnect'],
  ['so is a code that was to reconnect', pageOf(broken, 'code_expired'), 'connect'],
  ['reconnecting that is under way is looked at again', pageOf(broken, 'exchange_under_way'), 'refresh'],
  ['a secret that no longer fits is saved where the form ends', pageOf(misconfigured, 'invalid_client'), 'save'],
  ['a pause comes before what is broken', pageOf(paused, 'revoked'), 'resume'],
  ['a pause comes before what is late', pageOf(paused, 'renewal_delayed'), 'resume'],
] as const)('%s', (_, page, primary) => {
  expect(buildPageModel(page).primary).toBe(primary)
})

test.each([
  ['code_expired', 'field', 'connect'],
  ['never_returned', 'field', 'connect'],
  ['access_denied', 'facts', 'connect'],
  ['other_user', 'facts', 'sign_out'],
  ['exchange_done', 'notice', null],
  ['exchange_under_way', 'notice', 'reload'],
  ['revoked', 'facts', 'connect'],
  ['lost_response', 'facts', 'connect'],
  ['access_refused', 'facts', 'connect'],
  ['renewal_delayed', 'facts', 'test'],
  ['identity_unknown', 'facts', 'identify'],
  ['request_refused', 'facts', 'connect'],
  ['secret_unreadable', 'field', 'connect'],
] as const)('%s is told at the %s and repaired by %s', (code, placement, repair) => {
  expect(buildPageModel(pageOf(refused, code))).toMatchObject({ placement, repair })
})

test('a secret to correct is saved while something is connected, and taken along to Teamleader before', () => {
  expect(buildPageModel(pageOf({ ...live, headline: 'misconfigured' }, 'invalid_client')).repair).toBe('save')
  expect(buildPageModel(pageOf(refused, 'invalid_client')).repair).toBe('connect')
})

test('a failure beside a live connection does not speak for the connection', () => {
  expect(buildPageModel(pageOf(live, 'access_denied')).variant).toBe('beside')
  expect(buildPageModel(pageOf(live, 'exchange_done')).variant).toBeNull()
})

test('nothing is retried during a pause, so the page mentions no retry', () => {
  expect(buildPageModel(pageOf(paused, 'renewal_delayed')).placement).toBeNull()
  expect(buildPageModel(pageOf(paused, 'revoked')).placement).toBe('facts')
})

test('the navigation calls for a person where only a person helps', () => {
  const calling = [broken, misconfigured].map((view) => needsAttention(pageOf(view).view))
  const calm = [live, degraded, paused, refused].map((view) => needsAttention(pageOf(view).view))
  expect(calling).toEqual([true, true])
  expect(calm).toEqual([false, false, false, false])
})

test('a code that returned hides the authorization that did not', () => {
  expect(buildPageModel(pageOf({ headline: 'code_received', waitingCode }, 'never_returned')).placement).toBeNull()
})

const teoOf = (...known: Parameters<typeof pageOf>): KeyPage => ({
  ...pageOf(...known),
  provider: 'teo',
  grant: 'client_credentials',
})
const v1Of = (...known: Parameters<typeof pageOf>): KeyPage => ({
  ...pageOf(...known),
  provider: 'teamleader-v1',
  grant: 'keys',
})
const working = { headline: 'connected', tone: 'warn' } as const

test.each([
  ['téo: a first visit saves', teoOf({}), { placement: null, repair: null, primary: 'save' }],
  [
    'téo: a wrong secret is corrected',
    teoOf(refused, 'invalid_client'),
    { placement: 'field', repair: 'save', primary: 'save' },
  ],
  [
    'téo: so is a wrong TEO ID',
    teoOf(refused, 'target_refused'),
    { placement: 'field', repair: 'save', primary: 'save' },
  ],
  [
    'téo: and one without files',
    teoOf(live, 'target_unknown'),
    { placement: 'field', repair: 'save', primary: 'save' },
  ],
  ['téo: an outage is asked again', teoOf(refused, 'provider_unavailable'), { placement: 'facts', repair: 'save' }],
  [
    'téo: so is a refused key',
    teoOf(broken, 'access_refused'),
    { placement: 'facts', repair: 'save', primary: 'save' },
  ],
  ['téo: and one that is over', teoOf(live, 'read_expired'), { placement: 'facts', repair: 'save', primary: 'save' }],
  ['téo: a forbidden read is tested', teoOf(live, 'read_forbidden'), { placement: 'facts', repair: 'test' }],
  ['téo: a late renewal is tested', teoOf(degraded, 'renewal_delayed'), { placement: 'facts', repair: 'test' }],
  [
    'téo: a question under way is looked at again',
    teoOf({}, 'exchange_under_way'),
    { placement: 'notice', primary: 'refresh' },
  ],
  ['téo: a pause is ended', teoOf(paused), { primary: 'resume' }],
  ['V1: keys that work are only saved', v1Of(working), { placement: null, repair: null, primary: 'save' }],
  [
    'V1: refused keys are corrected',
    v1Of({ headline: 'misconfigured' }, 'keys_refused'),
    { placement: 'field', repair: 'save' },
  ],
  ['V1: too many calls are tested again', v1Of(working, 'provider_throttled'), { placement: 'facts', repair: 'test' }],
  ['V1: a pause is ended', v1Of({ headline: 'paused', enabled: false }), { primary: 'resume' }],
] as const)('%s', (_, page, plan) => {
  expect(buildPageModel(page)).toMatchObject(plan)
})
