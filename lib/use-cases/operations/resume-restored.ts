import type { TenantId } from '#lib/domain/accounts/tenant.ts'
import { type ProviderId, withTokens } from '#lib/domain/connections/provider.ts'
import { type Actor, journalEntry } from '#lib/domain/journal/journal-entry.ts'
import type { Deps } from '#lib/ports/deps.ts'
import type { TokenSet } from '#lib/ports/tokens.ts'
import type { RefreshDueTokens } from '../tokens/refresh-due.ts'

const atOnce = 100

/** Somebody decides that a connection which came from a backup is tried with the tokens it has. */
export const resumeRestored = (
  { store, providers, vault, clock, random }: Deps,
  { refreshNow }: Pick<RefreshDueTokens, 'refreshNow'>,
) => {
  /** The refresh token may have been used since the backup: refused, it is one whose answer we do not have. */
  const fingerprintOf = async ({ tenantId: tenant, tokenSetId: row, version, sealedRefreshToken }: TokenSet) => {
    if (sealedRefreshToken === '') return null
    const token = await vault.open(sealedRefreshToken, { purpose: 'refresh_token', tenant, row, generation: version })
    return token === null ? null : random.hash(token)
  }

  /** @returns false when it is not, or no longer, one that came from a backup */
  const release = async (tenantId: TenantId, provider: ProviderId, actor: Actor): Promise<boolean> => {
    const now = clock.now()
    const tokenSet = await store.tokens.read(tenantId, provider, now)
    if (!tokenSet?.restoredAt) return false
    const { connectionId, tokenSetId, restoredAt, enabled } = tokenSet
    const due = enabled && withTokens(providers[provider]).refreshPolicy.ahead
    return store.restores.resume(
      { tenantId, connectionId, tokenSetId, restoredAt },
      { fingerprint: await fingerprintOf(tokenSet), due },
      journalEntry({ at: now, tenantId, connectionId, actor, event: 'connection.resumed', detail: { provider } }),
    )
  }

  /** « Reprendre »: one refresh, at once; pressed twice, it is one all the same. */
  const resume = async (tenantId: TenantId, provider: ProviderId, actor: Actor): Promise<void> => {
    if (await release(tenantId, provider, actor)) await refreshNow(tenantId, provider)
  }

  /** « Tout reprendre »: the background work refreshes them, one after the other. @returns how many */
  const resumeAll = async (actor: Actor): Promise<number> => {
    for (let resumed = 0; ; ) {
      const found = await store.restores.listRestored(atOnce)
      let released = 0
      for (const { tenantId, provider } of found) if (await release(tenantId, provider, actor)) released += 1
      resumed += released
      // whoever else presses it has the rest
      if (released === 0) return resumed
    }
  }

  return { resume, resumeAll }
}
