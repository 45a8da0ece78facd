import { expect, test } from 'vitest'
import type { ConnectionView } from '#lib/domain/connections/connection-view.ts'
import type { KeyPage } from './key-page.ts'
import { isV1Serving, shownVersion } from './shown-version.ts'

const [early, late, latest] = ['08:00', '09:00', '10:00'].map((time) => new Date(`2026-11-20T${time}:00Z`)) as [
  Date,
  Date,
  Date,
]

const blank: ConnectionView = {
  headline: 'unconfigured',
  tone: 'neutral',
  problem: null,
  revision: 0,
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

const pageOf = (view: Partial<ConnectionView>, canFinish = false): Pick<KeyPage, 'view' | 'canFinish'> => ({
  view: { ...blank, ...view },
  canFinish,
})

const savedAt = (setAt: Date) => ({ secret: { last4: 'Qx8f', setAt } })
const stored = { headline: 'connected', ...savedAt(late) } as const
const connection: ConnectionView['connection'] = {
  account: null,
  connectedAt: late,
  connectedBy: 'Marie',
  expiresAt: late,
  lifetimeMs: 3_600_000,
  accessRefused: false,
  nextRefreshAt: late,
  attempts: 0,
  since: late,
}
const candidate = { id: 'c', question: 'first', account: null, maySkip: false, forgottenAt: late } as const

test.each([
  ['nobody has anything', pageOf({}), pageOf({}), 'V2'],
  ['V1 keys alone', pageOf(stored), pageOf({}), 'V1'],
  ['V1 keys that are refused', pageOf({ ...stored, headline: 'misconfigured' }), pageOf({}), 'V1'],
  ['V1 keys that are paused', pageOf({ ...stored, headline: 'paused', enabled: false }), pageOf({}), 'V1'],
  ['V2 values older than the V1 keys', pageOf(stored), pageOf(savedAt(early)), 'V1'],
  ['V2 values saved since', pageOf(stored), pageOf(savedAt(latest)), 'V2'],
  [
    'V1 keys tried since',
    pageOf({ ...stored, lastTest: { at: new Date(latest.getTime() + 1).toISOString(), reads: [] } }),
    pageOf(savedAt(latest)),
    'V1',
  ],
  [
    'a departure to V2',
    pageOf(stored),
    pageOf({ problem: { code: 'never_returned', at: late, through: 'own' } }),
    'V2',
  ],
  ['a refused consent', pageOf(stored), pageOf({ problem: { code: 'access_denied', at: late, through: 'own' } }), 'V2'],
  ['an account to be asked about', pageOf(stored), pageOf({ candidate }), 'V2'],
  ['a code that waits', pageOf(stored), pageOf({ waitingCode: { arrivedAt: late, expiresAt: late } }), 'V2'],
  ['a code to finish with', pageOf(stored), pageOf({}, true), 'V2'],
  ['V2 is connected', pageOf(stored), pageOf({ connection }), 'V2'],
  ['V2 worked once', pageOf({ ...stored, supersededAt: late }), pageOf({}), 'V2'],
] as const)('%s', (_, v1, v2, shown) => {
  expect(shownVersion(v1, v2)).toBe(shown)
})

test('V1 serves while its keys work and V2 never did', () => {
  const serving = [stored, { ...stored, supersededAt: late }, { ...stored, headline: 'misconfigured' } as const, {}]
  expect(serving.map((view) => isV1Serving(pageOf(view)))).toEqual([true, false, false, false])
})
