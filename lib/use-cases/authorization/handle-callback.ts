import type { User } from '#lib/domain/accounts/user.ts'
import { isFrom } from '#lib/domain/authorization/authorization-response.ts'
import { codeLifeMs, stateFailure } from '#lib/domain/authorization/pending-authorization.ts'
import { type ProviderId, withConsent } from '#lib/domain/connections/provider.ts'
import type { FailureCode } from '#lib/domain/failure-codes.ts'
import { actorOf, journalEntry } from '#lib/domain/journal/journal-entry.ts'
import type { PendingRecord } from '#lib/ports/authorization.ts'
import type { Deps } from '#lib/ports/deps.ts'
import type { ExchangeCode } from './exchange-code.ts'
import type { ResolveCandidate } from './resolve-candidate.ts'

/** An authorization response with a state, RFC 6749 section 4.1.2, and the browser that brought it. */
export interface Callback {
  provider: ProviderId
  state: string
  /** Who says to have answered (RFC 9207); null or absent when the response does not say it. */
  iss?: string | null
  /** Null for a browser that never left from here. */
  nonce: string | null
  user: User | null
  /** Where the request came from, where it is known; a user says it too. */
  ip?: string | null
}

export type CallbackResult =
  | { kind: 'parked' }
  | { kind: 'connected' }
  /** `known`: the state is one of ours, so it was not invented. */
  | { kind: 'failed'; code: FailureCode; known: boolean }

/** Handles the callback of an authorization: every response is matched to the authorization that was started, and used at most once. */
export const handleCallback = (
  { store, providers, vault, clock, random }: Deps,
  exchangeCode: ExchangeCode,
  { resolve: resolveCandidate }: Pick<ResolveCandidate, 'resolve'>,
) => {
  const failedWith = (code: FailureCode, known = true): CallbackResult => ({ kind: 'failed', code, known })

  const userFailure = (pending: PendingRecord, user: User): FailureCode | null => {
    if (user.id !== pending.userId) return 'other_user'
    return user.role === 'admin' && user.tenantId === pending.tenantId ? null : 'not_admin'
  }

  const stateProblem = (pending: PendingRecord, nonce: string | null, now: Date) =>
    stateFailure({ ...pending, sameBrowser: nonce !== null && pending.nonceHash === random.hash(nonce) }, now)

  /** The words for a turn that was lost between looking and taking. */
  const lost = async (stateHash: string, nonce: string): Promise<CallbackResult> => {
    const there = await store.authorizations.findPending(stateHash)
    return failedWith((there && stateProblem(there, nonce, clock.now())) ?? 'exchange_under_way')
  }

  const park = async (
    pending: PendingRecord,
    stateHash: string,
    { nonce, ip, code, now }: { nonce: string; ip: string | null; code: string; now: Date },
  ): Promise<CallbackResult> => {
    const { id, tenantId, connectionId } = pending
    const sealedCode = await vault.seal(code, { purpose: 'parked_code', tenant: tenantId, row: id })
    const expiresAt = new Date(now.getTime() + codeLifeMs)
    const actor = { kind: 'visitor', ip } as const
    const parked = await store.authorizations.park(
      { id, stateHash, nonceHash: random.hash(nonce), sealedCode, expiresAt },
      { now, entry: journalEntry({ at: now, tenantId, connectionId, actor, event: 'authorization.parked' }) },
    )
    return parked ? { kind: 'parked' } : lost(stateHash, nonce)
  }

  const redeem = async (
    pending: PendingRecord,
    {
      stateHash,
      nonce,
      user,
      code,
      provider,
      now,
    }: {
      stateHash: string | null
      nonce: string
      user: User
      code: string
      provider: ProviderId
      now: Date
    },
  ): Promise<CallbackResult> => {
    const refused = userFailure(pending, user)
    if (refused) return failedWith(refused)
    const { id, tenantId, clientId, userId, redirectUri, sealedVerifier } = pending
    const claim = { id, stateHash, nonceHash: random.hash(nonce), userId: user.id, tenantId }
    // before anything is consumed: what could not be stored is not asked for
    await store.health.probe()
    if (!(await store.authorizations.claimExchange(claim, now)))
      return stateHash ? lost(stateHash, nonce) : failedWith('exchange_under_way')
    const codeUntil = stateHash === null ? pending.expiresAt : new Date(clock.now().getTime() + codeLifeMs)
    const rest = { code, sealedVerifier, codeUntil, redirectUris: [redirectUri], knownState: true }
    const ip = user.ip ?? null
    const failure = await exchangeCode({
      pendingId: id,
      tenantId,
      provider,
      clientRowId: clientId,
      userId,
      ip,
      ...rest,
    })
    if (failure) return failedWith(failure)
    await resolveCandidate(tenantId, provider)
    return { kind: 'connected' }
  }

  /** A code came back. Parked while nobody is signed in, exchanged at once for the user who left. */
  const withCode = async (
    { provider, state, iss = null, nonce, user, ip = null }: Callback,
    code: string,
  ): Promise<CallbackResult> => {
    if (!isFrom(withConsent(providers[provider]), iss)) return failedWith('state_unknown')
    const stateHash = random.hash(state)
    const pending = await store.authorizations.findPending(stateHash)
    if (!pending) return failedWith('state_unknown', false)
    const now = clock.now()
    const refused = stateProblem(pending, nonce, now)
    if (refused || nonce === null) return failedWith(refused ?? 'state_foreign')
    if (pending.step === 'parked') return user ? finishParked({ provider, nonce, user }) : { kind: 'parked' }
    return user
      ? redeem(pending, { stateHash, nonce, user, code, provider, now })
      : park(pending, stateHash, { nonce, ip, code, now })
  }

  /** The consent page refused. Consumes the authorization only for the user and browser that began it. */
  const withRefusal = async (
    { provider, state, iss = null, nonce, user }: Callback,
    failure: FailureCode,
  ): Promise<CallbackResult> => {
    if (!isFrom(withConsent(providers[provider]), iss)) return failedWith('state_unknown')
    const stateHash = random.hash(state)
    const pending = await store.authorizations.findPending(stateHash)
    if (!pending) return failedWith('state_unknown', false)
    const now = clock.now()
    const refused = stateProblem(pending, nonce, now)
    if (refused || nonce === null) return failedWith(refused ?? 'state_foreign')
    if (!user) return failedWith(failure)
    const stranger = userFailure(pending, user)
    if (stranger) return failedWith(stranger)
    const { id, tenantId, connectionId } = pending
    await store.authorizations.refusePending(
      { id, stateHash, nonceHash: random.hash(nonce), userId: user.id, tenantId, failure },
      {
        now,
        entry: journalEntry({
          at: now,
          tenantId,
          connectionId,
          actor: actorOf(user),
          event: 'authorization.refused',
          outcome: failure,
        }),
      },
    )
    return failedWith(failure)
  }

  /** After sign-in: the newest parked code of this browser. */
  const finishParked = async ({
    provider,
    nonce,
    user,
  }: {
    provider: ProviderId
    nonce: string | null
    user: User
  }) => {
    const now = clock.now()
    const pending = nonce === null ? null : await store.authorizations.findParked(random.hash(nonce), now)
    if (!pending || nonce === null) return failedWith('nothing_parked')
    const refused = userFailure(pending, user)
    if (refused) return failedWith(refused)
    const context = { purpose: 'parked_code', tenant: pending.tenantId, row: pending.id } as const
    const code = pending.sealedCode && (await vault.open(pending.sealedCode, context))
    return code ? redeem(pending, { stateHash: null, nonce, user, code, provider, now }) : failedWith('code_unreadable')
  }

  /** Whether a parked code of this browser waits for its user to sign in. */
  const hasParked = async (nonce: string | null): Promise<boolean> =>
    nonce !== null && (await store.authorizations.findParked(random.hash(nonce), clock.now())) !== null

  return { withCode, withRefusal, finishParked, hasParked }
}
