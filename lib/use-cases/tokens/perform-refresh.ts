import { authSuccess } from '#lib/domain/connections/auth-status.ts'
import { withTokens } from '#lib/domain/connections/provider.ts'
import { Failure } from '#lib/domain/failure.ts'
import { type JournalDetail, journalEntry } from '#lib/domain/journal/journal-entry.ts'
import {
  lastRequestMs,
  type Ruling,
  refreshInMs,
  ruleFailure,
  ruleSuccess,
  ruleUnreadable,
} from '#lib/domain/tokens/refresh-policy.ts'
import { classifyGrant, type TokenOutcome } from '#lib/domain/tokens/token-response.ts'
import type { Deps } from '#lib/ports/deps.ts'
import type { HeldTokens, LeaseHold } from '#lib/ports/tokens.ts'
import type { WatchProvider } from './circuit-breaker.ts'

interface Answer {
  outcome: TokenOutcome
  /** An earlier request with this refresh token, or the first of this call, was never answered. */
  lostBefore: boolean
  requests: number
}

type Failed = Exclude<TokenOutcome, { kind: 'rotated' | 'same_token' }>

const pause = (ms: number) => new Promise<void>((done) => setTimeout(done, ms))

/** This pair exists nowhere else: a store that fails is asked again while the lease lasts. A commit that threw may have happened. */
const insist = async (write: () => Promise<boolean>): Promise<boolean> => {
  for (const napMs of [0, 100, 500, 2000, 5000]) {
    // a process that dies from here on loses the pair: not a millisecond is slept away
    if (napMs > 0) await pause(napMs)
    try {
      return await write()
    } catch {}
  }
  return write()
}

/** What the holder of a lease does with it: intent, request, replay, guarded store. */
export const renewPair = (
  { store, providers, vault, clock, random, monotonicMs }: Deps,
  { learn }: Pick<WatchProvider, 'learn'>,
) => {
  let closing = false

  const about = ({ tenantId, connectionId }: HeldTokens) =>
    ({ tenantId, connectionId, actor: { kind: 'system' } }) as const

  const reread = ({ tokenSetId }: HeldTokens) => store.tokens.readSet(tokenSetId, clock.now())

  const openSecrets = async (held: HeldTokens) => {
    const { tenantId: tenant, tokenSetId: row, generation, client } = held
    const tokenAt = { purpose: 'refresh_token', tenant, row, generation } as const
    const alone = withTokens(providers[held.provider]).grant === 'client_credentials'
    const refreshToken = alone ? '' : await vault.open(held.sealedRefreshToken, tokenAt)
    const secretAt = { purpose: 'client_secret', tenant, row: client.id, generation: client.secretGeneration } as const
    const clientSecret = await vault.open(client.sealedSecret, secretAt)
    return refreshToken === null || clientSecret === null ? null : { refreshToken, clientSecret }
  }

  /** One request, and one replay when its answer was lost; none leaves later than the lease allows. */
  const ask = async (hold: LeaseHold, secrets: { refreshToken: string; clientSecret: string }, takenAtMs: number) => {
    const { held } = hold
    const api = withTokens(providers[held.provider])
    const fingerprint = random.hash(secrets.refreshToken || `${held.tokenSetId}.${held.generation}`)
    const earlier = held.intentFingerprint === fingerprint
    const request = { clientIdentifier: held.client.identifier, target: held.target, ...secrets }
    const send = async () => classifyGrant(api.grant, await api.renew(request))
    if (!(await store.tokens.openIntent(hold, fingerprint, clock.now()))) return null
    if (monotonicMs() - takenAtMs > lastRequestMs) return null
    const first = await send()
    const replay = first.kind === 'ambiguous' && !closing && monotonicMs() - takenAtMs <= lastRequestMs
    if (!replay) return { outcome: first, lostBefore: earlier, requests: 1 } satisfies Answer
    return { outcome: await send(), lostBefore: true, requests: 2 } satisfies Answer
  }

  const seal = async (
    held: HeldTokens,
    outcome: Extract<TokenOutcome, { kind: 'rotated' | 'same_token' }>,
    currentRefreshToken: string,
  ) => {
    const generation = held.generation + 1
    const at = { tenant: held.tenantId, row: held.tokenSetId, generation }
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
      refreshInMs: refreshInMs(withTokens(providers[held.provider]).rhythm, lifetimeMs, held.msUnused, random.dice()),
    }
  }

  /** Nobody uses a token before it is stored; a commit that threw may have happened, so the second try finds out. */
  const storeTokens = async (hold: LeaseHold, answer: Answer, refreshToken: string) => {
    const { held } = hold
    const { outcome, requests } = answer
    if (outcome.kind !== 'rotated' && outcome.kind !== 'same_token') return
    const tokens = await seal(held, outcome, refreshToken)
    // whose account it is may have been learned since the lease was taken; not to know must not cost the pair
    const known = held.identityKnown ? held : ((await reread(held).catch(() => null)) ?? held)
    const now = clock.now()
    const detail = { answer: outcome.kind, requests, generation: held.generation + 1, lifetimeMs: tokens.lifetimeMs }
    const after = {
      status: ruleSuccess(known.status, known.identityKnown, now),
      authStatus: authSuccess,
      call: 'ok' as const,
      entries: [journalEntry({ at: now, ...about(held), event: 'token.refreshed', detail })],
      now,
    }
    const stored = await insist(() => store.tokens.storeFresh(hold, tokens, after))
    if (stored) return learn(held, 'ok')
    // promoted over, disconnected, or written by an earlier try of this very call
    const there = await store.tokens.readSet(held.tokenSetId, now)
    if (there?.sealedAccessToken === tokens.sealedAccessToken) return learn(held, 'ok')
    await store.journal.append(
      journalEntry({
        at: clock.now(),
        ...about(held),
        event: 'token.dropped',
        detail: { ...detail, newer: there?.generation ?? null },
      }),
    )
  }

  const write = async (hold: LeaseHold, ruling: Ruling, now: Date, facts: JournalDetail) => {
    const { held } = hold
    const event = ruling.dueInMs === null ? 'token.refused' : 'token.failed'
    const outcome = ruling.status.reason ?? 'provider_unavailable'
    const detail = { ...facts, intent: ruling.intent, attempts: ruling.status.attempts }
    const entries = [journalEntry({ at: now, ...about(held), event, outcome, detail })]
    const stored = await store.tokens.storeFailure(hold, ruling, { entries, now })
    if (stored) await learn(held, ruling.call)
  }

  /** A secret that was replaced while the old one was being refused says nothing against the new one. */
  const fair = async ({ held }: LeaseHold, outcome: Failed): Promise<Failed> => {
    if (outcome.kind !== 'misconfigured') return outcome
    const there = await reread(held)
    const replaced = there !== null && there.client.secretGeneration !== held.client.secretGeneration
    return replaced ? { kind: 'transient', status: outcome.status } : outcome
  }

  const fail = async (hold: LeaseHold, { outcome: seen, lostBefore, requests }: Answer & { outcome: Failed }) => {
    const { held } = hold
    const outcome = await fair(hold, seen)
    const now = clock.now()
    const tokenValid = held.msLeft > 0 && !held.accessRefused
    const ruling = ruleFailure({ status: held.status, outcome, lostBefore, tokenValid, now, dice: random.dice() })
    return write(hold, ruling, now, {
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
  const renew = async (seen: HeldTokens, owner: string, takenAtMs: number): Promise<void> => {
    const held = await store.tokens.readSet(seen.tokenSetId, clock.now())
    if (!held) throw new Failure('not_connected')
    const hold = { held, owner }
    const release = () => store.tokens.dropLease(held.tokenSetId, owner)
    const overtaken = held.generation !== seen.generation || held.status.attempts !== seen.status.attempts
    if (overtaken || (held.inUse && !held.enabled)) return release()
    const secrets = await openSecrets(held)
    if (!secrets) {
      const now = clock.now()
      return write(hold, ruleUnreadable(held.status, now), now, { requests: 0 })
    }
    const answer = await ask(hold, secrets, takenAtMs)
    if (answer === null) return release()
    const { outcome } = answer
    if (outcome.kind === 'rotated' || outcome.kind === 'same_token')
      return storeTokens(hold, answer, secrets.refreshToken)
    return fail(hold, { ...answer, outcome })
  }

  /** No replay from now on: an answer that is lost leaves its intent to the next holder. */
  const close = () => {
    closing = true
  }

  return { renew, close }
}

export type RenewPair = ReturnType<typeof renewPair>
