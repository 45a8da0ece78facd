import { withTokens } from '#lib/domain/connections/provider.ts'
import { refreshInMs } from '#lib/domain/tokens/refresh-policy.ts'
import type { Deps } from '#lib/ports/deps.ts'
import type { TokenSet } from '#lib/ports/tokens.ts'

const useEveryMs = 60_000

/**
 * The token sets of which this process handed tokens out, for the background work to refresh them ahead: kept in memory and
 * written together, so that nobody who asks for a token waits for a write.
 */
export const noteTokenUses = ({ store, providers, clock, monotonicMs, random, log }: Deps) => {
  const used = new Map<string, { tokenSet: TokenSet; atMs: number }>()

  /** At most once a minute each, as the database knows it. */
  const note = (tokenSet: TokenSet): void => {
    // noted in the future: the clock has jumped back since
    if (tokenSet.msUnused !== null && Math.abs(tokenSet.msUnused) < useEveryMs) return
    used.set(tokenSet.tokenSetId, { tokenSet, atMs: monotonicMs() })
  }

  const write = async (tokenSet: TokenSet, sinceUseMs: number) => {
    const { refreshPolicy } = withTokens(providers[tokenSet.provider])
    const sinceMs = tokenSet.lifetimeMs - tokenSet.msLeft + sinceUseMs
    const wholeMs = refreshInMs(refreshPolicy, tokenSet.lifetimeMs, 0, random.jitter())
    const inMs = wholeMs === null ? null : Math.max(wholeMs - sinceMs, 0)
    const refreshes = tokenSet.status.state === 'connected' && !tokenSet.restoredAt
    await store.tokens.touch(tokenSet, refreshes ? inMs : null, clock.now())
  }

  /** What cannot be written is forgotten: who goes on using it is noted again. */
  const flush = async (): Promise<void> => {
    const noted = [...used.values()]
    used.clear()
    for (const { tokenSet, atMs } of noted)
      await write(tokenSet, monotonicMs() - atMs).catch(() =>
        log.warn('the use of a token was not noted', { connectionId: tokenSet.connectionId }),
      )
  }

  return { note, flush }
}

export type NoteTokenUses = ReturnType<typeof noteTokenUses>
