import { dayMs, minuteMs } from '../duration.ts'
import type { FailureCode } from '../failure-codes.ts'

const firstRetryMs = 15_000
const longestRetryMs = 30 * minuteMs
/** What only a person can change is looked at again by itself once a day. */
const forPersonMs = dayMs

/** What keeps a list from being read until somebody acts; everything else passes. */
const needsPerson = new Set<FailureCode>(['read_forbidden', 'filter_ignored', 'fields_hidden'])

export const isForPerson = (failure: FailureCode): boolean => needsPerson.has(failure)

/** What ends once the connection works again. */
export const waitsForConnection = new Set<FailureCode>([
  'not_connected',
  'connection_disabled',
  'reconnect_required',
  'misconfigured',
])

/** A page that could not be read: how long nothing is asked. @param attempts how many failed in a row before */
export const retryInMs = (failure: FailureCode, attempts: number, askedMs: number | null, jitter: number): number => {
  if (isForPerson(failure)) return forPersonMs
  const backoffMs = Math.min(firstRetryMs * 2 ** Math.min(attempts, 10), longestRetryMs)
  return Math.max(askedMs ?? 0, backoffMs * (0.8 + 0.4 * jitter))
}
