import type { TenantId } from '#lib/domain/accounts/tenant.ts'
import { candidateLifeMs } from '#lib/domain/authorization/candidate.ts'
import { type ProviderId, providerIds } from '#lib/domain/connections/provider.ts'
import { Failure } from '#lib/domain/failure.ts'
import { workPool } from '#lib/domain/operations/work-pool.ts'
import { probeEveryMs } from '#lib/domain/tokens/circuit-breaker.ts'
import { settleAfterMs } from '#lib/domain/tokens/refresh-policy.ts'
import type { Deps } from '#lib/ports/deps.ts'
import type { ResolveCandidate } from '../authorization/resolve-candidate.ts'
import type { CoordinateRefresh } from './coordinate-refresh.ts'

/** Refreshes under way at once, for each provider and process. */
const places = 8
/**
 * Longer than it takes from a claim to the lease, which then keeps others away. A refresh whose process died, or that our own
 * side kept from ending, is due again after this.
 */
const claimMs = 60_000
/** A connection without a valid token for this long, for a passing reason, needs a person's attention. */
const overdueMs = 15 * 60 * 1000
/** No judgement looks back further at the calls that were made. */
const callRetentionMs = 60 * 60 * 1000

/** The background work: connections that are due, found by index, in any number of processes. */
export const refreshDueTokens = (
  { store, clock, log }: Deps,
  { refresh }: Pick<CoordinateRefresh, 'refresh'>,
  { resolve: resolveCandidate }: Pick<ResolveCandidate, 'resolve'>,
) => {
  const one = async (tokenSetId: string): Promise<void> => {
    const tokenSet = await store.tokens.readSet(tokenSetId, clock.now())
    if (!tokenSet?.inUse || !tokenSet.enabled || tokenSet.restoredAt) return store.tokens.skipRefresh(tokenSetId)
    await refresh(tokenSet)
  }

  const oneLogged = async ({ tokenSetId }: { tokenSetId: string }) => {
    try {
      await one(tokenSetId)
    } catch (error) {
      // it is due again when the claim ends; what the provider did is journaled, this is our own side
      const why = error instanceof Failure ? { failure: error.code } : { errorClass: String((error as Error)?.name) }
      log.info('a due refresh did not end', why)
    }
  }

  const claim = async (provider: ProviderId, free: number) => {
    if (await store.outages.find(provider)) {
      // while the provider fails for everybody, the one probe a minute is all there is to do
      if (!(await store.outages.isProbeDue(provider, probeEveryMs, clock.now()))) return []
      return store.tokens.claimDue(provider, 1, claimMs, clock.now())
    }
    return store.tokens.claimDue(provider, free, claimMs, clock.now())
  }

  const pools = providerIds.map((provider) =>
    workPool({ places, claim: (free) => claim(provider, free), work: oneLogged }),
  )

  /** Begins what is due, as far as there are free places; each place that becomes free takes what is due then. */
  const beginDue = async (): Promise<void> => {
    await Promise.all(pools.map((pool) => pool.fill()))
  }

  /** Works off what is due. @returns how many token sets were. */
  const refreshDue = async (): Promise<number> => {
    await beginDue()
    const counts = await Promise.all(pools.map((pool) => pool.settle()))
    return counts.reduce((sum, count) => sum + count, 0)
  }

  /** Claims nothing from now on. */
  const close = () => {
    for (const pool of pools) pool.close()
  }

  /** What a crash or time itself left: intents nobody holds, connections that have been without a token for too long, questions nobody answered. */
  const sweep = async (): Promise<void> => {
    const now = clock.now()
    await store.health.probe()
    if (store.health.healthyForMs() >= settleAfterMs) await store.tokens.queueInterrupted(now)
    await store.incidents.openOverdue(overdueMs, now)
    await store.incidents.skipUnnotified(now)
    for (const provider of providerIds) await store.outages.prune(provider, callRetentionMs, now)
    const unanswered = new Date(now.getTime() - candidateLifeMs)
    for (const { tenantId, provider } of await store.authorizations.listCandidates(unanswered, 100))
      await resolveCandidate(tenantId, provider)
  }

  /** At once, for somebody who just mended what was wrong; what comes of it is stored either way. */
  const refreshNow = async (tenantId: TenantId, provider: ProviderId): Promise<void> => {
    const tokenSet = await store.tokens.read(tenantId, provider, clock.now())
    if (tokenSet?.enabled && !tokenSet.restoredAt) await refresh(tokenSet).catch(() => {})
  }

  return { beginDue, refreshDue, refreshNow, sweep, close }
}

export type RefreshDueTokens = ReturnType<typeof refreshDueTokens>
