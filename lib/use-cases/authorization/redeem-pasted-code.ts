import type { Admin } from '#lib/domain/accounts/user.ts'
import { type PastedCode, readPastedCode } from '#lib/domain/authorization/authorization-code.ts'
import { isFrom } from '#lib/domain/authorization/authorization-response.ts'
import { authorizationLifeMs, codeLifeMs, exchangeLimitMs } from '#lib/domain/authorization/pending-authorization.ts'
import type { ConnectionRecord } from '#lib/domain/connections/connection-record.ts'
import { withConsent } from '#lib/domain/connections/provider.ts'
import { Failure } from '#lib/domain/failure.ts'
import type { FailureCode } from '#lib/domain/failure-codes.ts'
import type { Deps } from '#lib/ports/deps.ts'
import type { ExchangeCode } from './exchange-code.ts'
import type { ResolveCandidate } from './resolve-candidate.ts'

/** A code that did not come by itself: pasted, or received without a state and now consented to. */
export const redeemPastedCode = (
  { store, providers, clock, random, publicUrl }: Deps,
  exchangeCode: ExchangeCode,
  { resolve: resolveCandidate }: Pick<ResolveCandidate, 'resolve'>,
) => {
  /** The authorization of this browser that the pasted address answers, claimed; null when there is none to claim. */
  const claimPending = async (admin: Admin, state: string | null, nonce: string | null) => {
    if (state === null || nonce === null) return null
    const stateHash = random.hash(state)
    const pending = await store.authorizations.findPending(stateHash)
    if (!pending || pending.tenantId !== admin.tenantId) return null
    const { id, tenantId } = pending
    const claim = { id, stateHash, nonceHash: random.hash(nonce), userId: admin.id, tenantId }
    const won = await store.authorizations.claimExchange(claim, clock.now())
    const codeUntil = new Date(clock.now().getTime() + codeLifeMs)
    return won ? { ...pending, codeUntil, redirectUris: [pending.redirectUri], knownState: true } : null
  }

  /** One code is exchanged once, however often it is pasted. */
  const open = async (admin: Admin, record: ConnectionRecord, code: string, redirectUris: readonly string[]) => {
    if (!record.client) throw new Failure('client_id_missing')
    const now = clock.now()
    const pending = {
      id: random.uuid(),
      tenantId: admin.tenantId,
      connectionId: record.id,
      clientId: record.client.id,
      userId: admin.id,
      redirectUri: redirectUris[0] ?? '',
      stateHash: random.hash(`code:${admin.tenantId}:${code}`),
      nonceHash: '',
      expiresAt: new Date(now.getTime() + authorizationLifeMs),
    }
    if (await store.authorizations.openExchange(pending, now))
      return { ...pending, sealedVerifier: null, codeUntil: null, redirectUris, knownState: false }
    const state = await store.authorizations.findPending(pending.stateHash)
    if (state?.step === 'done') throw new Failure('exchange_done')
    const stuck = state && now.getTime() - state.steppedAt.getTime() > exchangeLimitMs
    throw new Failure(stuck ? 'exchange_interrupted' : 'exchange_under_way')
  }

  /** @returns why it gave no connection; null when it did, or when it now waits for the admin's answer. */
  const redeem = async (
    admin: Admin,
    record: ConnectionRecord,
    {
      code,
      state,
      redirectUris,
      nonce,
    }: Omit<PastedCode, 'redirectUri' | 'iss'> & {
      redirectUris: readonly string[]
      nonce: string | null
    },
  ): Promise<FailureCode | null> => {
    const { tenantId, provider } = record
    // before anything is consumed: what could not be stored is not asked for
    await store.health.probe()
    const opened = (await claimPending(admin, state, nonce)) ?? (await open(admin, record, code, redirectUris))
    const { id, clientId, knownState, codeUntil, sealedVerifier } = opened
    const by = { userId: admin.id, ip: admin.ip ?? null }
    const known = { code, sealedVerifier, codeUntil, knownState, redirectUris: opened.redirectUris }
    const failure = await exchangeCode({ pendingId: id, tenantId, provider, clientRowId: clientId, ...by, ...known })
    if (!failure) await resolveCandidate(tenantId, provider)
    return failure
  }

  /** @param typed the bare code, `?code=…` or the whole address. @throws Failure `code_malformed` */
  const paste = async (admin: Admin, record: ConnectionRecord, typed: string, nonce: string | null) => {
    const pasted = readPastedCode(typed)
    if (!pasted) throw new Failure('code_malformed')
    const { redirectUri, iss, ...answered } = pasted
    // an address tells who answered, where the provider does; a bare code tells nothing
    if (redirectUri && !isFrom(withConsent(providers[record.provider]), iss)) throw new Failure('state_unknown')
    // a bare code tells nothing of its redirect URI: ours, or the one of the old guide
    const ours = [`${publicUrl}/oauth/callback`, `${publicUrl}/`]
    return redeem(admin, record, { ...answered, redirectUris: redirectUri ? [redirectUri] : ours, nonce })
  }

  /** A code that came by `path` of ours without a state. */
  const consent = (admin: Admin, record: ConnectionRecord, { code, path }: { code: string; path: string }) =>
    redeem(admin, record, { code, state: null, redirectUris: [`${publicUrl}${path}`], nonce: null })

  return { paste, consent }
}
