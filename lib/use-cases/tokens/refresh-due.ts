import type { TenantId } from '#lib/domain/accounts/tenant.ts'
import { candidateLifeMs } from '#lib/domain/authorization/candidate.ts'
import { type ProviderId, providerIds } from '#lib/domain/connections/provider.ts'
import { settleAfterMs } from '#lib/domain/tokens/refresh-policy.ts'
import type { Deps } from '#lib/ports/deps.ts'
import type { ResolveCandidate } from '../authorization/resolve-candidate.ts'
import type { CoordinateRefresh } from './coordinate-refresh.ts'

/** Refreshes under way at once, for each provider and process. */
const concurrency = 8
/** A due refresh that our own side kept from ending is tried again after this. */
const againMs = 60_000
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

  const oneLogged = async (tokenSetId: string) => {
    try {
      await one(tokenSetId)
    } catch (error) {
      // eight that cannot be helped now must not keep all others waiting; where not even this is written, the round fails
      await store.tokens.postpone(tokenSetId, againMs, clock.now())
      // what the provider did is journaled; this is our own side
      log.info('a due refresh did not end', { errorClass: error instanceof Error ? error.name : 'unknown' })
    }
  }

  /** @returns how many were due. */
  const refreshProvider = async (provider: ProviderId): Promise<number> => {
    const outage = await store.outages.find(provider)
    const due = await store.tokens.listDue(provider, outage ? 1 : concurrency, clock.now())
    const ended = await Promise.allSettled(due.map(({ tokenSetId }) => oneLogged(tokenSetId)))
    for (const each of ended) if (each.status === 'rejected') throw each.reason
    // while the provider fails for everybody, the one probe a minute is all there is to do
    return outage ? 0 : due.length
  }

  /** One round of each provider. @returns how many token sets were due: call again while there are. */
  const refreshDue = async (): Promise<number> => {
    const counts = await Promise.all(providerIds.map(refreshProvider))
    return counts.reduce((sum, count) => sum + count, 0)
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

  return { refreshDue, refreshNow, sweep }
}

export type RefreshDueTokens = ReturnType<typeof refreshDueTokens>
