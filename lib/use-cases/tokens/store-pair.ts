import { authSuccess } from '#lib/domain/connections/auth-status.ts'
import { withTokens } from '#lib/domain/connections/provider.ts'
import { type JournalDetail, type JournalEntry, journalEntry } from '#lib/domain/journal/journal-entry.ts'
import type { JournalEvent } from '#lib/domain/journal/journal-event.ts'
import { decideSuccess, refreshInMs } from '#lib/domain/tokens/refresh-policy.ts'
import type { TokenOutcome } from '#lib/domain/tokens/token-response.ts'
import type { Deps } from '#lib/ports/deps.ts'
import type { Lease, TokenSet } from '#lib/ports/tokens.ts'
import type { CircuitBreaker } from './circuit-breaker.ts'
import type { PendingWork } from './pending-work.ts'

/** New tokens as a provider gave them, which exist nowhere else yet. */
export interface NewPair {
  outcome: Extract<TokenOutcome, { kind: 'rotated' | 'same_token' }>
  /** When the provider answered, in monotonic milliseconds. */
  answeredAtMs: number
  requests: number
  /** The refresh token that was sent, which stays when no new one came. */
  refreshToken: string
}

/** Stores a new token pair over the version it was minted from, however late, and however long that takes. */
export const storePair = (
  { store, providers, vault, clock, random, monotonicMs }: Deps,
  { recordOutcome }: Pick<CircuitBreaker, 'recordOutcome'>,
  { untilStored }: Pick<PendingWork, 'untilStored'>,
) => {
  const entryOf = ({ tenantId, connectionId }: TokenSet, event: JournalEvent, detail: JournalDetail) =>
    journalEntry({ at: clock.now(), tenantId, connectionId, actor: { kind: 'system' }, event, detail })

  const seal = async (tokenSet: TokenSet, { outcome, refreshToken }: NewPair) => {
    const at = { tenant: tokenSet.tenantId, row: tokenSet.tokenSetId, generation: tokenSet.version + 1 }
    const tokens = outcome.kind === 'rotated' ? outcome.tokens : { ...outcome, refreshToken }
    const lifetimeMs = tokens.lifetimeS * 1000
    const [sealedAccessToken, sealedRefreshToken] = await Promise.all([
      vault.seal(tokens.accessToken, { purpose: 'access_token', ...at }),
      tokens.refreshToken && vault.seal(tokens.refreshToken, { purpose: 'refresh_token', ...at }),
    ])
    const { refreshPolicy } = withTokens(providers[tokenSet.provider])
    const inMs = refreshInMs(refreshPolicy, lifetimeMs, tokenSet.msUnused, random.jitter())
    return { sealedAccessToken, sealedRefreshToken, lifetimeMs, refreshInMs: inMs }
  }

  const reread = ({ tokenSetId }: TokenSet) => store.tokens.readSet(tokenSetId, clock.now())

  const overwrite = async (lease: Lease, pair: NewPair, replaced: JournalEntry[]): Promise<void> => {
    const { tokenSet } = lease
    const { outcome, answeredAtMs, requests } = pair
    const sealed = await seal(tokenSet, pair)
    const ageMs = () => Math.max(monotonicMs() - answeredAtMs, 0)
    const detail = { answer: outcome.kind, requests, generation: tokenSet.version + 1, lifetimeMs: sealed.lifetimeMs }
    let tries = 0
    const stored = await untilStored(async () => {
      tries += 1
      // whose account it is may have been learned since, and much more by a late try; not to know must not cost the pair
      const isFresh = tokenSet.identityKnown && tries === 1
      const known = isFresh ? tokenSet : ((await reread(tokenSet).catch(() => null)) ?? tokenSet)
      const now = clock.now()
      return store.tokens.storeFresh(
        lease,
        { ...sealed, ageMs: ageMs() },
        {
          status: decideSuccess(known.status, known.identityKnown, now),
          authStatus: authSuccess,
          call: 'ok',
          entries: [...replaced, entryOf(tokenSet, 'token.refreshed', detail)],
          recovered:
            tokenSet.status.state === 'reconnect_required' ? null : entryOf(tokenSet, 'token.recovered', detail),
          now,
        },
      )
    })
    if (stored) return recordOutcome(tokenSet, 'ok')
    // promoted over, disconnected, written by an earlier try of this very call, or another process stored one first
    const there = await untilStored(() => reread(tokenSet))
    if (there?.sealedAccessToken === sealed.sealedAccessToken) return recordOutcome(tokenSet, 'ok')
    const isLater = there?.version === tokenSet.version + 1 && ageMs() < there.lifetimeMs - there.msLeft
    const newer = there?.version ?? null
    const { generation } = detail
    if (isLater && outcome.kind === 'rotated') {
      const older = entryOf(tokenSet, 'token.dropped', { generation, newer: there.version + 1 })
      return overwrite({ ...lease, tokenSet: there }, pair, [older])
    }
    await untilStored(() => store.journal.append(entryOf(tokenSet, 'token.dropped', { ...detail, newer })))
  }

  /**
   * Resolves when the pair is stored, or is known to be the older of two: what the provider answered last is what it holds.
   * Nobody uses a token before.
   */
  return (lease: Lease, pair: NewPair): Promise<void> => overwrite(lease, pair, [])
}

export type StorePair = ReturnType<typeof storePair>
