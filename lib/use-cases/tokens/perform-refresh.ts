import { withTokens } from '#lib/domain/connections/provider.ts'
import { Failure } from '#lib/domain/failure.ts'
import { type JournalDetail, journalEntry } from '#lib/domain/journal/journal-entry.ts'
import { sendWithSecrets } from '#lib/domain/tokens/client-secrets.ts'
import {
  decideFailure,
  decideOperatorFault,
  decideUnreadable,
  lastRequestMs,
  leaseMs,
  type RefreshDecision,
  renewEveryMs,
  settleAfterMs,
} from '#lib/domain/tokens/refresh-policy.ts'
import { classifyGrant, type TokenOutcome } from '#lib/domain/tokens/token-response.ts'
import type { Deps } from '#lib/ports/deps.ts'
import type { Lease, TokenSet } from '#lib/ports/tokens.ts'
import type { CircuitBreaker } from './circuit-breaker.ts'
import type { ReadClientSecrets } from './read-client-secrets.ts'
import type { StorePair } from './store-pair.ts'

interface RefreshResult {
  outcome: TokenOutcome
  /** An earlier request with this refresh token, or the first of this call, was never answered. */
  lostBefore: boolean
  requests: number
  /** When the provider answered, in monotonic milliseconds. */
  answeredAtMs: number
}

/** Owners of leases of the same process begin alike. */
const processOf = (owner: string | null) => owner?.split('/')[0]

const isValid = ({ msLeft, accessRefused }: TokenSet) => msLeft > 0 && !accessRefused

type Failed = Exclude<TokenOutcome, { kind: 'rotated' | 'same_token' }>

/** What the holder of a lease does with it: intent, request, replay, guarded store. */
export const performRefresh = (
  { store, providers, vault, clock, random, monotonicMs, meter }: Deps,
  { recordOutcome }: Pick<CircuitBreaker, 'recordOutcome'>,
  readClientSecrets: ReadClientSecrets,
  storePair: StorePair,
) => {
  let closing = false

  const about = ({ tenantId, connectionId }: TokenSet) =>
    ({ tenantId, connectionId, actor: { kind: 'system' } }) as const

  const reread = ({ tokenSetId }: TokenSet) => store.tokens.readSet(tokenSetId, clock.now())

  const openSecrets = async (tokenSet: TokenSet) => {
    const { tenantId: tenant, tokenSetId: row, version, client, provider } = tokenSet
    const tokenAt = { purpose: 'refresh_token', tenant, row, generation: version } as const
    const alone = withTokens(providers[provider]).grant === 'client_credentials'
    const refreshToken = alone ? '' : await vault.open(tokenSet.sealedRefreshToken, tokenAt)
    if (refreshToken === null) return { kind: 'secret_unreadable' } as const
    const found = await readClientSecrets(tenant, provider, client)
    return found.kind === 'found' ? { ...found, refreshToken } : found
  }

  /** While the answer is awaited the lease is renewed: nobody else may ask with the same refresh token meanwhile. */
  const renewing = async <T>({ tokenSet, owner }: Lease, call: Promise<T>): Promise<T> => {
    const renew = () => store.tokens.renewLease(tokenSet.tokenSetId, owner, leaseMs, clock.now()).catch(() => {})
    const timer = setInterval(() => void renew(), renewEveryMs)
    return call.finally(() => clearInterval(timer))
  }

  /**
   * How long an intent of another process must wait, in milliseconds: its holder may have a pair that it could not store,
   * and asking with the same refresh token could end the grant. The client's own credentials can always be sent.
   */
  const settlesInMs = ({ intentFingerprint, intentOwner, provider }: TokenSet, owner: string): number => {
    if (intentFingerprint === null || processOf(intentOwner) === processOf(owner)) return 0
    if (withTokens(providers[provider]).grant === 'client_credentials') return 0
    return Math.max(settleAfterMs - store.health.healthyForMs(), 0)
  }

  /**
   * One request, and one replay when its answer was cut off, with each secret of the client in turn until one is known; none
   * leaves later than the lease allows.
   */
  const ask = async (
    lease: Lease,
    { refreshToken, secrets }: { refreshToken: string; secrets: readonly string[] },
    takenAtMs: number,
  ) => {
    const { tokenSet } = lease
    const api = withTokens(providers[tokenSet.provider])
    const fingerprint = random.hash(refreshToken || `${tokenSet.tokenSetId}.${tokenSet.version}`)
    const request = { clientId: tokenSet.client.identifier, target: tokenSet.target, refreshToken }
    let lostBefore = tokenSet.intentFingerprint === fingerprint
    let requests = 0
    const inTime = () => monotonicMs() - takenAtMs <= lastRequestMs
    const sendOnce = async (clientSecret: string) => {
      requests += 1
      const reply = await renewing(lease, api.refresh({ ...request, clientSecret }))
      return { outcome: classifyGrant(api.grant, reply), answeredAtMs: monotonicMs() - reply.ageMs }
    }
    const send = async (clientSecret: string) => {
      const first = await sendOnce(clientSecret)
      const isLost = first.outcome.kind === 'ambiguous' && !first.outcome.gaveUp
      if (!isLost || closing || !inTime()) return first
      lostBefore = true
      return sendOnce(clientSecret)
    }
    if (!(await store.tokens.openIntent(lease, fingerprint, clock.now()))) return null
    if (!inTime()) return null
    const answer = await sendWithSecrets(secrets, send, (refused) =>
      closing || !inTime() ? { ...refused, outcome: { kind: 'not_sent' } } : null,
    )
    return { ...answer, lostBefore, requests } satisfies RefreshResult
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
    const decision = decideFailure({
      status: tokenSet.status,
      outcome,
      shared: tokenSet.client.shared,
      lostBefore,
      tokenValid: isValid(tokenSet),
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

  /** Nothing was sent: what authenticates us does not open, or is not there. */
  const failUnasked = (lease: Lease, why: 'secret_unreadable' | 'provider_configuration') => {
    const { tokenSet } = lease
    const now = clock.now()
    const input = { status: tokenSet.status, lostBefore: false, tokenValid: isValid(tokenSet), now }
    const decision =
      why === 'secret_unreadable'
        ? decideUnreadable(tokenSet.status, now)
        : decideOperatorFault({ ...input, jitter: random.jitter() })
    return write(lease, decision, now, { requests: 0 })
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
    const waitMs = settlesInMs(tokenSet, owner)
    if (waitMs > 0) throw new Failure('storage_unavailable', { retryAfterS: Math.ceil(waitMs / 1000) })
    const opened = await openSecrets(tokenSet)
    if (opened.kind !== 'found') {
      meter.refreshed(tokenSet.provider, opened.kind)
      return failUnasked(lease, opened.kind)
    }
    const answer = await ask(lease, opened, takenAtMs)
    if (answer === null) return release()
    const { outcome } = answer
    const succeeded = outcome.kind === 'rotated' || outcome.kind === 'same_token'
    meter.refreshed(tokenSet.provider, succeeded ? 'ok' : outcome.kind)
    if (succeeded) return storePair(lease, { ...answer, outcome, refreshToken: opened.refreshToken })
    return fail(lease, { ...answer, outcome })
  }

  /** No replay from now on: an answer that is lost leaves its intent to the next holder. */
  const close = () => {
    closing = true
  }

  return { refreshUnderLease, close }
}

export type PerformRefresh = ReturnType<typeof performRefresh>
