import { authSuccess } from '#lib/domain/auth-status.ts'
import { Failure } from '#lib/domain/failure.ts'
import type { FailureCode } from '#lib/domain/failure-codes.ts'
import type { JournalEntry, JournalEvent } from '#lib/domain/journal-entry.ts'
import {
  lastDepartureMs,
  leaseMs,
  type Ruling,
  refreshInMs,
  ruleFailure,
  ruleSuccess,
  ruleUnreadable,
  waitedRetryAfterS,
  waitMs,
} from '#lib/domain/refresh.ts'
import { classify, type TokenOutcome } from '#lib/domain/token-answer.ts'
import type { HeldTokens, LeaseHold } from '#lib/ports/token-store.ts'
import type { Deps } from '#lib/ports.ts'

/** Handed in by the container: the circuit breaker. */
interface Verbs {
  /** Whether a call may be made while the provider fails for everybody. */
  admit(held: HeldTokens): Promise<boolean>
  /** Told every outcome once it is stored. */
  learn(held: HeldTokens, call: Ruling['call']): Promise<void>
}

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
    await pause(napMs)
    try {
      return await write()
    } catch {}
  }
  return write()
}

/** The heart: a refresh token is used once, whatever number of callers, processes and replicas want a new pair. */
export const refreshTokens = (deps: Deps, { admit, learn }: Verbs) => {
  const { store, providers, vault, clock, random, monotonicMs } = deps
  const flights = new Map<string, Promise<HeldTokens>>()
  let closing = false

  const entry = (
    held: HeldTokens,
    event: JournalEvent,
    outcome: 'ok' | FailureCode,
    detail: JournalEntry['detail'],
  ) => ({
    at: clock.now(),
    tenantId: held.tenantId,
    connectionId: held.connectionId,
    actor: { kind: 'system' } as const,
    event,
    outcome,
    detail,
  })

  const reread = async (held: HeldTokens): Promise<HeldTokens> => {
    const now = await store.tokens.readSet(held.tokenSetId, clock.now())
    if (!now) throw new Failure('not_connected')
    return now
  }

  const openSecrets = async (held: HeldTokens) => {
    const { tenantId: tenant, tokenSetId: row, generation, client } = held
    const refreshToken = await vault.open(held.sealedRefreshToken, {
      purpose: 'refresh_token',
      tenant,
      row,
      generation,
    })
    const secretAt = { purpose: 'client_secret', tenant, row: client.id, generation: client.secretGeneration } as const
    const clientSecret = await vault.open(client.sealedSecret, secretAt)
    return refreshToken === null || clientSecret === null ? null : { refreshToken, clientSecret }
  }

  /** One request, and one replay when its answer was lost; none leaves later than the lease allows. */
  const ask = async (hold: LeaseHold, secrets: { refreshToken: string; clientSecret: string }, takenAtMs: number) => {
    const { held } = hold
    const fingerprint = random.hash(secrets.refreshToken)
    const earlier = held.intentFingerprint === fingerprint
    const request = { clientIdentifier: held.client.identifier, ...secrets }
    const send = async () => classify(await providers[held.provider].tokens.refresh(request))
    if (!(await store.tokens.openIntent(hold, fingerprint, clock.now()))) return null
    if (monotonicMs() - takenAtMs > lastDepartureMs) return null
    const first = await send()
    const replay = first.kind === 'ambiguous' && !closing && monotonicMs() - takenAtMs <= lastDepartureMs
    if (!replay) return { outcome: first, lostBefore: earlier, requests: 1 } satisfies Answer
    return { outcome: await send(), lostBefore: true, requests: 2 } satisfies Answer
  }

  const seal = async (
    held: HeldTokens,
    outcome: Extract<TokenOutcome, { kind: 'rotated' | 'same_token' }>,
    kept: string,
  ) => {
    const generation = held.generation + 1
    const at = { tenant: held.tenantId, row: held.tokenSetId, generation }
    const tokens =
      outcome.kind === 'rotated'
        ? outcome.tokens
        : { accessToken: outcome.accessToken, refreshToken: kept, lifetimeS: outcome.lifetimeS }
    const lifetimeMs = tokens.lifetimeS * 1000
    return {
      sealedAccessToken: await vault.seal(tokens.accessToken, { purpose: 'access_token', ...at }),
      sealedRefreshToken: await vault.seal(tokens.refreshToken, { purpose: 'refresh_token', ...at }),
      lifetimeMs,
      refreshInMs: refreshInMs(providers[held.provider].rhythm, lifetimeMs, held.msUnused, random.dice()),
    }
  }

  /** Nobody uses a token before it is stored; a commit that threw may have happened, so the second try finds out. */
  const keep = async (hold: LeaseHold, answer: Answer, refreshToken: string) => {
    const { held } = hold
    const { outcome, requests } = answer
    if (outcome.kind !== 'rotated' && outcome.kind !== 'same_token') return
    const tokens = await seal(held, outcome, refreshToken)
    const now = clock.now()
    const detail = { answer: outcome.kind, requests, generation: held.generation + 1, lifetimeMs: tokens.lifetimeMs }
    const after = {
      standing: ruleSuccess(held.standing, held.identityKnown, now),
      authStatus: authSuccess,
      call: 'ok' as const,
      entries: [entry(held, 'token.refreshed', 'ok', detail)],
      now,
    }
    const stored = await insist(() => store.tokens.storeFresh(hold, tokens, after))
    if (stored) return learn(held, 'ok')
    // promoted over, disconnected, or written by an earlier try of this very call
    const there = await store.tokens.readSet(held.tokenSetId, now)
    if (there?.sealedAccessToken === tokens.sealedAccessToken) return learn(held, 'ok')
    await store.journal.append(entry(held, 'token.dropped', 'ok', { ...detail, newer: there?.generation ?? null }))
  }

  const write = async (hold: LeaseHold, ruling: Ruling, detail: JournalEntry['detail']) => {
    const { held } = hold
    const event = ruling.dueInMs === null ? 'token.refused' : 'token.failed'
    const reason = ruling.standing.reason ?? 'provider_unavailable'
    const { intent, standing } = ruling
    const entries = [entry(held, event, reason, { ...detail, intent, attempts: standing.attempts })]
    const stored = await store.tokens.storeFailure(hold, ruling, { entries, now: clock.now() })
    if (stored) await learn(held, ruling.call)
  }

  const fail = async (hold: LeaseHold, { outcome, lostBefore, requests }: Answer & { outcome: Failed }) => {
    const { held } = hold
    const now = clock.now()
    const tokenValid = held.msLeft > 0 && !held.accessRefused
    const ruling = ruleFailure({ standing: held.standing, outcome, lostBefore, tokenValid, now, dice: random.dice() })
    return write(hold, ruling, {
      answer: outcome.kind,
      status: 'status' in outcome ? outcome.status : null,
      error: 'error' in outcome ? outcome.error : null,
      hint: 'hint' in outcome ? outcome.hint : null,
      requests,
    })
  }

  /** What only this lease's holder does. */
  const asHolder = async (seen: HeldTokens, owner: string, takenAtMs: number): Promise<void> => {
    const held = await reread(seen)
    const hold = { held, owner }
    const release = () => store.tokens.dropLease(held.tokenSetId, owner)
    const overtaken = held.generation !== seen.generation || held.standing.attempts !== seen.standing.attempts
    if (overtaken || (held.inUse && !held.enabled)) return release()
    const secrets = await openSecrets(held)
    if (!secrets) return write(hold, ruleUnreadable(held.standing, clock.now()), { requests: 0 })
    const answer = await ask(hold, secrets, takenAtMs)
    if (answer === null) return release()
    const { outcome } = answer
    if (outcome.kind === 'rotated' || outcome.kind === 'same_token') return keep(hold, answer, secrets.refreshToken)
    return fail(hold, { ...answer, outcome })
  }

  /** Waits for another process's refresh: until its generation, its verdict, or its lease is there. */
  const attempt = async (seen: HeldTokens): Promise<HeldTokens> => {
    const startedMs = monotonicMs()
    for (let nap = 25; ; nap = Math.min(nap * 2, 250)) {
      if (closing) throw new Failure('provider_unavailable', { retryAfterS: waitedRetryAfterS })
      const owner = random.uuid()
      const takenAtMs = monotonicMs()
      if (await store.tokens.takeLease(seen.tokenSetId, owner, leaseMs, clock.now())) {
        try {
          await asHolder(seen, owner, takenAtMs)
        } catch (error) {
          // an open intent stays: the next holder settles it
          await store.tokens.dropLease(seen.tokenSetId, owner).catch(() => {})
          throw error
        }
        return reread(seen)
      }
      await pause(nap)
      const now = await reread(seen)
      const settled = now.generation !== seen.generation || now.standing.attempts !== seen.standing.attempts
      if (settled) return now
      if (monotonicMs() - startedMs > waitMs)
        throw new Failure('provider_unavailable', { retryAfterS: waitedRetryAfterS })
    }
  }

  const patience = async (flight: Promise<HeldTokens>): Promise<HeldTokens> => {
    let timer: NodeJS.Timeout | undefined
    const late = new Promise<never>((_, reject) => {
      timer = setTimeout(() => reject(new Failure('provider_unavailable', { retryAfterS: waitedRetryAfterS })), waitMs)
    })
    return Promise.race([flight, late]).finally(() => clearTimeout(timer))
  }

  /**
   * Gets a new pair, or learns why there is none; many callers in a process share one flight, many processes one lease.
   *
   * @returns the token set as it is afterwards
   * @throws Failure `provider_unavailable` after 25 s of waiting, or while the provider fails for everybody
   */
  const refresh = async (held: HeldTokens): Promise<HeldTokens> => {
    const { tokenSetId } = held
    let flight = flights.get(tokenSetId)
    if (!flight) {
      if (closing) throw new Failure('provider_unavailable', { retryAfterS: waitedRetryAfterS })
      flight = admit(held)
        .then((admitted) => (admitted ? attempt(held) : held))
        .finally(() => flights.delete(tokenSetId))
      flights.set(tokenSetId, flight)
      // a caller that gave up leaves nobody to hear of it
      flight.catch(() => {})
    }
    return patience(flight)
  }

  /** No new lease from now on; resolves when the calls in flight are over. */
  const close = async (): Promise<void> => {
    closing = true
    await Promise.allSettled(flights.values())
  }

  return { refresh, close }
}
