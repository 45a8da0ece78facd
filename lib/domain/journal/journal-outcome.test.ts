import { describe, expect, test } from 'vitest'
import { journalEntry } from './journal-entry.ts'
import { failureEvents, outcomeOf } from './journal-outcome.ts'
import { eventsOfKind, journalKinds } from './journal-view.ts'

const events = journalKinds.flatMap(eventsOfKind)

/** Of an entry that says no more than its event. */
const inItself: Record<string, string> = {
  'delivery.given_up': 'delivery_failed',
  'outage.opened': 'provider_unavailable',
}

describe.each(events)('%s', (event) => {
  test('is done unless it is a failure in itself', () => {
    const told = inItself[event] ?? 'ok'
    expect(outcomeOf({ event, outcome: 'ok' })).toBe(told)
    expect(failureEvents.includes(event)).toBe(told !== 'ok')
  })

  test('that failed says why', () => {
    expect(outcomeOf({ event, outcome: 'revoked' })).toBe('revoked')
  })

  test('is written as it is told', () => {
    const about = { at: new Date(), tenantId: null, actor: { kind: 'system' } } as const
    expect(journalEntry({ ...about, event }).outcome).toBe(outcomeOf({ event, outcome: 'ok' }))
    expect(journalEntry({ ...about, event, outcome: 'revoked' }).outcome).toBe('revoked')
  })
})

test('an event that is known no more is told by its outcome', () => {
  expect(outcomeOf({ event: 'moon.risen', outcome: 'ok' })).toBe('ok')
  expect(outcomeOf({ event: 'toString', outcome: 'ok' })).toBe('ok')
})
