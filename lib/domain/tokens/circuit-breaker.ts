import type { CallOutcome } from './refresh-policy.ts'

export const outageKinds = ['no_answer', 'refusals'] as const
export type OutageKind = (typeof outageKinds)[number]

export interface Outage {
  kind: OutageKind
  since: Date
}

/** The breaker looks back over this time. */
export const outageWindowMs = 5 * 60 * 1000
export const probeEveryMs = 60 * 1000

const leastConnections = 5

/** Calls of the window, by outcome, and how many different connections made those that count. */
export interface Tally {
  calls: number
  failing: Record<Exclude<CallOutcome, 'ok' | 'misconfigured'>, { calls: number; connections: number }>
}

/**
 * Whether a provider fails for everybody: at least five connections and half of the calls. Many dead grants within minutes are
 * an outage too: no five customers remove an integration at once.
 */
export const decideOutage = ({ calls, failing }: Tally): OutageKind | null => {
  const many = ({ calls: failed, connections }: Tally['failing']['passing']) =>
    connections >= leastConnections && failed * 2 >= calls
  if (many(failing.passing)) return 'no_answer'
  return many(failing.grant_dead) ? 'refusals' : null
}
