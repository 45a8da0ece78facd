import type { Admin } from '#lib/domain/accounts/user.ts'
import type { ClaimedGrant } from '#lib/domain/authorization/claimed-exchange.ts'
import { exchangeFailure } from '#lib/domain/authorization/exchange-failure.ts'
import { exchangeLimitMs } from '#lib/domain/authorization/pending-authorization.ts'
import { clientSecretContext } from '#lib/domain/connections/client-credentials.ts'
import type { ConnectionRecord } from '#lib/domain/connections/connection-record.ts'
import { type ProviderId, withTokens } from '#lib/domain/connections/provider.ts'
import { Failure } from '#lib/domain/failure.ts'
import { classifyGrant } from '#lib/domain/tokens/token-response.ts'
import type { Deps } from '#lib/ports/deps.ts'
import type { TestConnection } from '../connections/test-connection.ts'
import type { RefreshDueTokens } from '../tokens/refresh-due.ts'
import type { ResolveCandidate } from './resolve-candidate.ts'
import type { GrantAnswer, StoreGrant } from './store-grant.ts'

/** Connects a provider that asks nobody's consent: saved settings are all it needs, so they are tried at once. */
export const requestClientCredentials = (
  { store, providers, vault, clock, random }: Deps,
  storeGrant: StoreGrant,
  { resolve: resolveCandidate }: Pick<ResolveCandidate, 'resolve'>,
  { refreshNow }: Pick<RefreshDueTokens, 'refreshNow'>,
  testConnection: TestConnection,
) => {
  const ask = async ({ tenantId, provider, clientRowId, target }: ClaimedGrant): Promise<GrantAnswer> => {
    const api = withTokens(providers[provider])
    const client = await store.authorizations.findClientById(tenantId, clientRowId)
    const clientSecret = client && (await vault.open(client.sealedSecret, clientSecretContext(tenantId, client)))
    if (!client || !clientSecret) return { outcome: null, failure: 'secret_unreadable', redirectUri: null, ageMs: 0 }
    const request = { clientId: client.identifier, clientSecret, refreshToken: '', target }
    const reply = await api.refresh(request)
    const outcome = classifyGrant(api.grant, reply)
    const failure = outcome.kind === 'same_token' ? null : exchangeFailure(outcome)
    return { outcome, failure, redirectUri: null, ageMs: reply.ageMs }
  }

  const underWay = ({ newest }: ConnectionRecord, now: Date) =>
    newest?.step === 'exchanging' && now.getTime() - newest.steppedAt.getTime() < exchangeLimitMs

  /** Asks once, whatever number of tabs saved the same. */
  const first = async (admin: Admin, record: ConnectionRecord, clientRowId: string): Promise<void> => {
    const now = clock.now()
    if (underWay(record, now)) return
    const { tenantId, provider, id: connectionId, target, newest } = record
    const by = { userId: admin.id, ip: admin.ip ?? null }
    const claimed = { pendingId: random.uuid(), tenantId, provider, clientRowId, ...by, target }
    await store.health.probe()
    const opened = await store.authorizations.openExchange(
      {
        id: claimed.pendingId,
        tenantId,
        connectionId,
        clientId: clientRowId,
        userId: admin.id,
        redirectUri: '',
        // two that saw the same record ask for the same grant
        stateHash: random.hash([connectionId, record.revision, newest?.createdAt.getTime() ?? 0].join()),
        nonceHash: '',
        expiresAt: new Date(now.getTime() + exchangeLimitMs),
      },
      now,
    )
    if (!opened) return
    const exact = { ...claimed, knownState: true }
    const failure = await storeGrant(exact, record, await ask(exact))
    if (failure === null) await resolveCandidate(tenantId, provider)
  }

  /**
   * What was asked and read is on the record when this returns.
   *
   * @param changed whether the settings are others than before: a token of the same settings that works is kept
   */
  const request = async (admin: Admin, provider: ProviderId, changed: boolean): Promise<void> => {
    const { tenantId } = admin
    const record = await store.authorizations.find(tenantId, provider)
    if (!record?.client || !record.enabled) return
    const { client, tokenSet, target } = record
    if (providers[provider].grant !== 'keys') {
      const same = tokenSet?.clientRowId === client.id && tokenSet.target === target
      if (!same) await first(admin, record, client.id)
      else if (changed || record.status.state !== 'connected') await refreshNow(tenantId, provider)
      const after = await store.authorizations.find(tenantId, provider)
      if (after?.tokenSet?.clientRowId !== client.id || after.tokenSet.target !== target) return
    }
    await testConnection(admin, provider).catch((error: unknown) => {
      // without a token there is nothing to read with, and the record says why
      if (!(error instanceof Failure)) throw error
    })
  }

  return request
}
