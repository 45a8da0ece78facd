import { authSuccess } from '#lib/domain/connections/auth-status.ts'
import { withTokens } from '#lib/domain/connections/provider.ts'
import { Failure } from '#lib/domain/failure.ts'
import { type JournalDetail, journalEntry } from '#lib/domain/journal/journal-entry.ts'
import {
  decideFailure,
  decideSuccess,
  decideUnreadable,
  lastRequestMs,
  type RefreshDecision,
  refreshInMs,
} from '#lib/domain/tokens/refresh-policy.ts'
import { classifyGrant, type TokenOutcome } from '#lib/domain/tokens/token-response.ts'
import type { Deps } from '#lib/ports/deps.ts'
import type { Lease, TokenSet } from '#lib/ports/tokens.ts'
import type { CircuitBreaker } from './circuit-breaker.ts'

interface RefreshResult {
  outcome: TokenOutcome
  /** An earlier request with this refresh token, or the first of this call, was never answered. */
  lostBefore: boolean
  requests: number
}

type Failed = Exclude<TokenOutcome, { kind: 'rotated' | 'same_token' }>

const pause = (ms: number) => new Promise<void>((done) => setTimeout(done, ms))

/** This pair exists nowhere else: a store that fails is asked again while the lease lasts. A commit that threw may have happened. */
const retryWrite = async (write: () => Promise<boolean>): Promise<boolean> => {
  for (const delayMs of [0, 100, 500, 2000, 5000]) {
    // a process that dies from here on loses the pair: the first retry does not wait
    if (delayMs > 0) await pause(delayMs)
    try {
      return await write()
    } catch {}
  }
  return write()
}

/** What the holder of a lease does with it: intent, request, replay, guarded store. */
export const performRefresh = (
  { store, providers, vault, clock, random, monotonicMs }: Deps,
  { recordOutcome }: Pick<CircuitBreaker, 'recordOutcome'>,
) => {
  let closing = false

  const about = ({ tenantId, connectionId }: TokenSet) =>
    ({ tenantId, connectionId, actor: { kind: 'system' } }) as const

  const reread = ({ tokenSetId }: TokenSet) => store.tokens.readSet(tokenSetId, clock.now())

  const openSecrets = async (tokenSet: TokenSet) => {
    const { tenantId: tenant, tokenSetId: row, version, client } = tokenSet
    const tokenAt = { purpose: 'refresh_token', tenant, row, generation: version } as const
    const alone = withTokens(providers[tokenSet.provider]).grant === 'client_credentials'
    const refreshToken = alone ? '' : await vault.open(tokenSet.sealedRefreshToken, tokenAt)
    const secretAt = { purpose: 'client_secret', tenant, row: client.id, generation: client.secretVersion } as const
    const clientSecret = await vault.open(client.sealedSecret, secretAt)
    return refreshToken === null || clientSecret === null ? null : { refreshToken, clientSecret }
  }

  /** One request, and one replay when its answer was lost; none leaves later than the lease allows. */
  const ask = async (lease: Lease, secrets: { refreshToken: string; clientSecret: string }, takenAtMs: number) => {
    const { tokenSet } = lease
    const api = withTokens(providers[tokenSet.provider])
    const fingerprint = random.hash(secrets.refreshToken || `${tokenSet.tokenSetId}.${tokenSet.version}`)
    const earlier = tokenSet.intentFingerprint === fingerprint
    const request = { clientId: tokenSet.client.identifier, target: tokenSet.target, ...secrets }
    const send = async () => classifyGrant(api.grant, await api.refresh(request))
    if (!(await store.tokens.openIntent(lease, fingerprint, clock.now()))) return null
    if (monotonicMs() - takenAtMs > lastRequestMs) return null
    const first = await send()
    const replay = first.kind === 'ambiguous' && !closing && monotonicMs() - takenAtMs <= lastRequestMs
    if (!replay) return { outcome: first, lostBefore: earlier, requests: 1 } satisfies RefreshResult
    return { outcome: await send(), lostBefore: true, requests: 2 } satisfies RefreshResult
  }

  const seal = async (
    tokenSet: TokenSet,
    outcome: Extract<TokenOutcome, { kind: 'rotated' | 'same_token' }>,
    currentRefreshToken: string,
  ) => {
    const version = tokenSet.version + 1
    const at = { tenant: tokenSet.tenantId, row: tokenSet.tokenSetId, generation: version }
    const tokens =
      outcome.kind === 'rotated'
        ? outcome.tokens
        : { accessToken: outcome.accessToken, refreshToken: currentRefreshToken, lifetimeS: outcome.lifetimeS }
    const lifetimeMs = tokens.lifetimeS * 1000
    const [sealedAccessToken, sealedRefreshToken] = await Promise.all([
      vault.seal(tokens.accessToken, { purpose: 'access_token', ...at }),
      tokens.refreshToken && vault.seal(tokens.refreshToken, { purpose: 'refresh_token', ...at }),
    ])
    return {
      sealedAccessToken,
      sealedRefreshToken,
      lifetimeMs,
      refreshInMs: refreshInMs(
        withTokens(providers[tokenSet.provider]).refreshPolicy,
        lifetimeMs,
        tokenSet.msUnused,
        random.jitter(),
      ),
    }
  }

  /** Nobody uses a token before it is stored; a commit that threw may have happened, so the second try finds out. */
  const storeTokens = async (lease: Lease, answer: RefreshResult, refreshToken: string) => {
    const { tokenSet } = lease
    const { outcome, requests } = answer
    if (outcome.kind !== 'rotated' && outcome.kind !== 'same_token') return
    const tokens = await seal(tokenSet, outcome, refreshToken)
    // whose account it is may have been learned since the lease was taken; not to know must not cost the pair
    const known = tokenSet.identityKnown ? tokenSet : ((await reread(tokenSet).catch(() => null)) ?? tokenSet)
    const now = clock.now()
    const detail = {
      answer: outcome.kind,
      requests,
      generation: tokenSet.version + 1,
      lifetimeMs: tokens.lifetimeMs,
    }
    const after = {
      status: decideSuccess(known.status, known.identityKnown, now),
      authStatus: authSuccess,
      call: 'ok' as const,
      entries: [journalEntry({ at: now, ...about(tokenSet), event: 'token.refreshed', detail })],
      now,
    }
    const stored = await retryWrite(() => store.tokens.storeFresh(lease, tokens, after))
    if (stored) return recordOutcome(tokenSet, 'ok')
    // promoted over, disconnected, or written by an earlier try of this very call
    const there = await store.tokens.readSet(tokenSet.tokenSetId, now)
    if (there?.sealedAccessToken === tokens.sealedAccessToken) return recordOutcome(tokenSet, 'ok')
    await store.journal.append(
      journalEntry({
        at: clock.now(),
        ...about(tokenSet),
        event: 'token.dropped',
        detail: { ...detail, newer: there?.version ?? null },
      }),
    )
  }

  const write = async (lease: Lease, decision: RefreshDecision, now: Date, facts: JournalDetail) => {
    const { tokenSet } = lease
    const event = decision.dueInMs === null ? 'token.refused' : 'token.failed'
    const outcome = decision.status.reason ?? 'provider_unavailable'
    const detail = { ...facts, intent: decision.intent, attempts: decision.status.attempts }
    const entries = [journalEntry({ at: now, ...about(tokenSet), event, outcome, detail })]
    const stored = await store.tokens.storeFailure(lease, decision, { entries, now })
    if (stored) await recordOutcome(tokenSet, decision.call)
  }

  /** A secret that was replaced while the old one was being refused says nothing against the new one. */
  const fair = async ({ tokenSet }: Lease, outcome: Failed): Promise<Failed> => {
    if (outcome.kind !== 'misconfigured') return outcome
    const there = await reread(tokenSet)
    const replaced = there !== null && there.client.secretVersion !== tokenSet.client.secretVersion
    return replaced ? { kind: 'transient', status: outcome.status } : outcome
  }

  const fail = async (lease: Lease, { outcome: seen, lostBefore, requests }: RefreshResult & { outcome: Failed }) => {
    const { tokenSet } = lease
    const outcome = await fair(lease, seen)
    const now = clock.now()
    const tokenValid = tokenSet.msLeft > 0 && !tokenSet.accessRefused
    const decision = decideFailure({
      status: tokenSet.status,
      outcome,
      lostBefore,
      tokenValid,
      now,
      jitter: random.jitter(),
    })
    return write(lease, decision, now, {
      answer: outcome.kind,
      status: 'status' in outcome ? outcome.status : null,
      error: 'error' in outcome ? outcome.error : null,
      hint: 'hint' in outcome ? outcome.hint : null,
      requests,
    })
  }

  /**
   * Asks for a new pair and stores what came, as the lease's holder alone may.
   *
   * @param seen the token set as the caller knew it: when it moved since, nothing is left to do
   * @param takenAtMs when the lease was taken, in monotonic milliseconds
   */
  const refreshUnderLease = async (seen: TokenSet, owner: string, takenAtMs: number): Promise<void> => {
    const tokenSet = await store.tokens.readSet(seen.tokenSetId, clock.now())
    if (!tokenSet) throw new Failure('not_connected')
    const lease = { tokenSet, owner }
    const release = () => store.tokens.dropLease(tokenSet.tokenSetId, owner)
    const superseded = tokenSet.version !== seen.version || tokenSet.status.attempts !== seen.status.attempts
    const rests = tokenSet.inUse && (!tokenSet.enabled || tokenSet.restoredAt !== null)
    if (superseded || rests) return release()
    const secrets = await openSecrets(tokenSet)
    if (!secrets) {
      const now = clock.now()
      return write(lease, decideUnreadable(tokenSet.status, now), now, { requests: 0 })
    }
    const answer = await ask(lease, secrets, takenAtMs)
    if (answer === null) return release()
    const { outcome } = answer
    if (outcome.kind === 'rotated' || outcome.kind === 'same_token')
      return storeTokens(lease, answer, secrets.refreshToken)
    return fail(lease, { ...answer, outcome })
  }

  /** No replay from now on: an answer that is lost leaves its intent to the next holder. */
  const close = () => {
    closing = true
  }

  return { refreshUnderLease, close }
}

export type PerformRefresh = ReturnType<typeof performRefresh>
