import { expect, test } from 'vitest'
import type { ConnectionView } from '#lib/domain/connections/connection-view.ts'
import { stateOf } from './connection-states.ts'

const at = new Date('2026-11-20T13:09:00Z')
const hidden = ['marie@atelier.example', 'luc@atelier.example', 'an account id', 'a client id', 'a target', 'd4c3']
const [email = '', otherEmail = '', id = '', clientId = '', target = '', last4 = ''] = hidden

const view: ConnectionView = {
  ...{
    headline: 'question',
    tone: 'neutral',
    problem: { code: 'renewal_delayed', at, through: 'own' },
    revision: 3,
    enabled: true,
  },
  ...{ paused: null, restoredAt: null, supersededAt: null, lastSuccessAt: at, lastTest: null, waitingCode: null },
  ...{
    begun: true,
    through: 'own',
    clientId,
    target,
    secret: { last4, setAt: at },
    authStatus: { text: 'Success', at },
  },
  connection: {
    ...{ account: { id, name: 'Marie Delvaux', email }, connectedAt: at, connectedBy: 'Marie', expiresAt: at },
    ...{ lifetimeMs: 3_600_000, accessRefused: false, nextRefreshAt: at, attempts: 0, since: at },
  },
  candidate: {
    ...{ id: 'c', question: 'replace', maySkip: false, forgottenAt: at },
    account: { id: 'another id', name: 'Luc Lacroix', email: otherEmail },
  },
}

test('a reader is sent how a connection stands, and neither address, id nor credential', () => {
  const state = stateOf(view, 'teamleader', 'authorization_code', at)
  expect(state).toMatchObject({ failure: 'renewal_delayed', view: { connection: { accountName: 'Marie Delvaux' } } })
  const sent = JSON.stringify(state)
  expect([...hidden, 'another id', 'Luc'].filter((value) => sent.includes(value))).toEqual([])
})
