import type { ProviderId } from '#lib/domain/connections/provider.ts'
import { journalEntry } from '#lib/domain/journal/journal-entry.ts'
import { decideOutage, outageWindowMs, probeEveryMs } from '#lib/domain/tokens/circuit-breaker.ts'
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
    if (!outage) return
    const detail = { provider, kind: outage.kind }
    const entry = journalEntry({ at: clock.now(), tenantId: null, actor: system, event: 'outage.closed', detail })
    await store.outages.close(provider, entry)
  }

  /** Told the outcome of every call, once it is stored. */
  const recordOutcome = async ({ provider }: TokenSet, call: CallOutcome): Promise<void> => {
    if (call === 'ok') return close(provider)
    if (call === 'misconfigured') return
    const now = clock.now()
    const decided = decideOutage(await store.outages.tally(provider, outageWindowMs, now))
    if (decided) {
      const detail = { provider, kind: decided }
      const entry = journalEntry({ at: now, tenantId: null, actor: system, event: 'outage.opened', detail })
      await store.outages.open(provider, decided, probeEveryMs, entry)
    }
    if (call !== 'grant_dead') return
    // refused under the same outage, as a call beside the one that found it or as a later probe: as little to be believed
    const kind = decided ?? (await store.outages.find(provider))?.kind
    if (kind === 'refusals') await store.outages.reviveRefused(provider, outageWindowMs, now)
  }

  return { allow, recordOutcome }
}

export type CircuitBreaker = ReturnType<typeof circuitBreaker>
