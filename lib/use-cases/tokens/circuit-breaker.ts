import type { ProviderId } from '#lib/domain/connections/provider.ts'
import { journalEntry } from '#lib/domain/journal/journal-entry.ts'
import {
  believedAfterProbes,
  decideOutage,
  isProbe,
  type Outage,
  outageWindowMs,
  probeEveryMs,
} from '#lib/domain/tokens/circuit-breaker.ts'
import type { CallOutcome } from '#lib/domain/tokens/refresh-policy.ts'
import type { Deps } from '#lib/ports/deps.ts'
import type { TokenSet } from '#lib/ports/tokens.ts'

const system = { kind: 'system' } as const

/** The circuit breaker of each provider: an outage is one thing, not a thousand broken tenants. */
export const circuitBreaker = ({ store, clock }: Deps) => {
  /** While it is open one call a minute is let through. */
  const allow = async ({ provider }: TokenSet): Promise<boolean> => {
    if ((await store.outages.find(provider)) === null) return true
    return store.outages.claimProbe(provider, probeEveryMs, clock.now())
  }

  const close = async (provider: ProviderId) => {
    const outage = await store.outages.find(provider)
    if (!outage) return store.outages.stopBelieving(provider)
    const detail = { provider, kind: outage.kind }
    const entry = journalEntry({ at: clock.now(), tenantId: null, actor: system, event: 'outage.closed', detail })
    await store.outages.close(provider, entry)
  }

  /** Refused while everybody is: as little to be believed, be it a call beside the one that found the outage or a probe. */
  const doubt = async (provider: ProviderId, outage: Outage, now: Date) => {
    const entry = journalEntry({
      ...{ at: now, tenantId: null, actor: system, event: 'outage.closed', outcome: 'revoked' },
      detail: { provider, kind: outage.kind },
    })
    const believed =
      isProbe(outage, now) && (await store.outages.countRefusedProbe(provider, believedAfterProbes, entry))
    if (!believed) await store.outages.reviveRefused(provider, outageWindowMs, now)
  }

  /** Told the outcome of every call, once it is stored. */
  const recordOutcome = async ({ provider }: TokenSet, call: CallOutcome): Promise<void> => {
    if (call === 'ok') return close(provider)
    if (call === 'misconfigured') return
    const now = clock.now()
    const decided = decideOutage(await store.outages.tally(provider, outageWindowMs, now))
    if (decided) {
      const detail = { provider, kind: decided }
      const refused = decided === 'refusals' && ({ outcome: 'access_refused' } as const)
      const entry = journalEntry({ at: now, tenantId: null, actor: system, event: 'outage.opened', ...refused, detail })
      await store.outages.open(provider, decided, probeEveryMs, entry)
    }
    if (call !== 'grant_dead') return
    const outage = await store.outages.find(provider)
    if (outage?.kind === 'refusals') await doubt(provider, outage, now)
  }

  return { allow, recordOutcome }
}

export type CircuitBreaker = ReturnType<typeof circuitBreaker>
