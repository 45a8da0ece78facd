import type { ProviderId } from '../connections/provider.ts'
import type { CallOutcome } from './refresh-policy.ts'

export const outageKinds = ['no_answer', 'refusals'] as const
export type OutageKind = (typeof outageKinds)[number]

/** The provider answered again; its refusals were believed; or a backup was put back, and nobody knows. */
export type OutageEnd = 'answered' | 'believed' | 'restored'

export interface Outage {
  kind: OutageKind
  since: Date
}

/** One of the history; its end and how many connections waited for the provider are known once it is over. */
export interface PastOutage extends Outage {
  id: string
  provider: ProviderId
  endedAt: Date | null
  outcome: OutageEnd | null
  connections: number | null
}

/** The breaker looks back over this time. */
export const outageWindowMs = 5 * 60 * 1000
export const probeEveryMs = 60 * 1000
/** So many refused probes are no outage any more: the grants are dead, as after an old backup was put back. */
export const believedAfterProbes = 10

const leastConnections = 5

/** Whether a call that was refused was a probe: those that were under way when the circuit opened end before the first one. */
export const isProbe = ({ since }: Outage, now: Date): boolean => now.getTime() - since.getTime() >= probeEveryMs

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
