import type { ClaimedExchange } from '#lib/domain/authorization/claimed-exchange.ts'
import { codeUnjudged, exchangeFailure, operatorFailure } from '#lib/domain/authorization/exchange-failure.ts'
import { withConsent } from '#lib/domain/connections/provider.ts'
import { Failure } from '#lib/domain/failure.ts'
import type { FailureCode } from '#lib/domain/failure-codes.ts'
import { sendWithSecrets } from '#lib/domain/tokens/client-secrets.ts'
import { classify } from '#lib/domain/tokens/token-response.ts'
import type { Deps } from '#lib/ports/deps.ts'
import type { PendingWork } from '../tokens/pending-work.ts'
import type { ReadClientSecrets } from '../tokens/read-client-secrets.ts'
import type { GrantAnswer, StoreGrant } from './store-grant.ts'

/** Turns a code into a stored candidate. */
export const exchangeCode = (
  { store, providers, vault }: Deps,
  readClientSecrets: ReadClientSecrets,
  storeGrant: StoreGrant,
  { track, waitFor }: PendingWork,
) => {
  const ask = async (claimed: ClaimedExchange): Promise<GrantAnswer> => {
    const client = await store.authorizations.findClientById(claimed.tenantId, claimed.clientRowId)
    let answer: GrantAnswer = { outcome: null, failure: 'secret_unreadable', redirectUri: null, ageMs: 0 }
    if (!client) return answer
    const found = await readClientSecrets(claimed.tenantId, claimed.provider, client)
    if (found.kind !== 'found') return { ...answer, failure: found.kind }
    const { sealedVerifier, tenantId: tenant, pendingId: row } = claimed
    const codeVerifier = sealedVerifier && (await vault.open(sealedVerifier, { purpose: 'code_verifier', tenant, row }))
    if (sealedVerifier && !codeVerifier) return { ...answer, failure: 'code_unreadable' }
    const api = withConsent(providers[claimed.provider])
    for (const redirectUri of claimed.redirectUris) {
      const request = { clientIdentifier: client.identifier, code: claimed.code, redirectUri, codeVerifier }
      const { outcome, ageMs } = await sendWithSecrets(found.secrets, async (clientSecret) => {
        const reply = await api.exchange({ ...request, clientSecret })
        return { outcome: classify(reply), ageMs: reply.ageMs }
      })
      const failure = exchangeFailure(outcome)
      answer = { outcome, failure: client.shared ? operatorFailure(failure) : failure, redirectUri, ageMs }
      if (answer.failure !== 'redirect_uri_refused') break
    }
    return answer
  }

  /** A code that nobody judged waits in its authorization, for « Terminer la connexion ». */
  const park = async (
    { code, codeUntil: expiresAt, tenantId, pendingId }: ClaimedExchange,
    { failure }: GrantAnswer,
  ) => {
    if (failure === null || expiresAt === null || !codeUnjudged.has(failure)) return null
    const sealedCode = await vault.seal(code, { purpose: 'parked_code', tenant: tenantId, row: pendingId })
    return { sealedCode, expiresAt }
  }

  const exchange = async (claimed: ClaimedExchange): Promise<FailureCode | null> => {
    const record = await store.authorizations.find(claimed.tenantId, claimed.provider)
    if (!record) throw new Failure('storage_unavailable')
    const answer = await ask(claimed)
    return storeGrant({ ...claimed, target: null }, record, { ...answer, parked: await park(claimed, answer) })
  }

  /**
   * Callers leave after 25 s; the answer is awaited and stored all the same, since the code is spent.
   *
   * @returns why there is no candidate yet; null when there is one.
   */
  return (claimed: ClaimedExchange): Promise<FailureCode | null> =>
    waitFor(track(exchange(claimed)), () => (store.health.isFailing() ? 'storage_unavailable' : 'exchange_under_way'))
}

export type ExchangeCode = ReturnType<typeof exchangeCode>
