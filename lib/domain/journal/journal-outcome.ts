import type { FailureCode } from '../failure-codes.ts'
import type { JournalEvent } from './journal-event.ts'

/** What these tell is a failure in itself: why, where the entry says no more. */
const failures = new Map<string, FailureCode>([
  ['delivery.given_up', 'delivery_failed'],
  ['outage.opened', 'provider_unavailable'],
] satisfies [JournalEvent, FailureCode][])

export const failureEvents = [...failures.keys()] as JournalEvent[]

/** What an entry came to, as everybody is told it: done, or why not. An older version wrote `ok` of what failed in itself. */
export const outcomeOf = <O extends string>({ event, outcome }: { event: string; outcome: O }): O | FailureCode =>
  (outcome === 'ok' ? failures.get(event) : null) ?? outcome
