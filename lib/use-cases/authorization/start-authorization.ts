import type { Admin } from '#lib/domain/accounts/user.ts'
import { authorizationLifeMs } from '#lib/domain/authorization/pending-authorization.ts'
import { transition } from '#lib/domain/connections/connection-status.ts'
import type { Through } from '#lib/domain/connections/connection-view.ts'
import { type ProviderId, withConsent } from '#lib/domain/connections/provider.ts'
import { Failure } from '#lib/domain/failure.ts'
import { actorOf, journalEntry } from '#lib/domain/journal/journal-entry.ts'
import type { Deps } from '#lib/ports/deps.ts'
import type { SwitchConnection } from '../connections/switch-connection.ts'

/** Starts an authorization at the consent page. */
export const startAuthorization = (
  { store, providers, vault, clock, random, publicUrl }: Deps,
  switchConnection: SwitchConnection,
) => {
  const ownClient = async ({ tenantId }: Admin, provider: ProviderId) => {
    const record = await store.authorizations.find(tenantId, provider)
    if (!record?.client) throw new Failure('client_id_missing')
    return { connectionId: record.id, id: record.client.id, identifier: record.client.identifier }
  }

  /** Needs nothing typed; « Se connecter » while paused switches on. */
  const sharedClient = async (admin: Admin, provider: ProviderId) => {
    const { tenantId } = admin
    const [client] = withConsent(providers[provider]).sharedClients
    if (!client) throw new Failure('provider_configuration')
    const { identifier } = client
    const now = clock.now()
    const record = await store.authorizations.ensure(tenantId, provider, random.uuid(), now)
    if (!record.enabled) await switchConnection(admin, provider, true)
    const id = await store.authorizations.useSharedClient({
      connectionId: record.id,
      tenantId,
      provider,
      client: { id: random.uuid(), identifier },
      statusChange: { from: record.status, to: transition(record.status, { kind: 'credentials_saved' }, now) },
      now,
    })
    if (id === null) throw new Failure('storage_unavailable')
    return { connectionId: record.id, id, identifier }
  }

  /**
   * Stores a pending authorization, bound to user, tenant and browser.
   *
   * @param through the tenant's own client, as it is saved, or the operator's
   * @returns the state; only its hash is stored.
   * @throws Failure `client_id_missing`; `provider_configuration` when the operator shares none
   */
  const begin = async (
    admin: Admin,
    provider: ProviderId,
    nonce: string,
    through: Through = 'own',
  ): Promise<string> => {
    const client = await (through === 'own' ? ownClient : sharedClient)(admin, provider)
    const { connectionId } = client
    const now = clock.now()
    const [id, state] = [random.uuid(), random.secret()]
    const { pkce } = withConsent(providers[provider])
    const verifierAt = { purpose: 'code_verifier', tenant: admin.tenantId, row: id } as const
    await store.authorizations.addPending(
      {
        id,
        tenantId: admin.tenantId,
        connectionId,
        clientId: client.id,
        userId: admin.id,
        redirectUri: `${publicUrl}/oauth/callback`,
        stateHash: random.hash(state),
        nonceHash: random.hash(nonce),
        expiresAt: new Date(now.getTime() + authorizationLifeMs),
        sealedVerifier: pkce ? await vault.seal(random.secret(), verifierAt) : null,
      },
      {
        now,
        entry: journalEntry({
          at: now,
          tenantId: admin.tenantId,
          connectionId,
          actor: actorOf(admin),
          event: 'authorization.departed',
          detail: { clientId: client.identifier, redirectUri: `${publicUrl}/oauth/callback` },
        }),
      },
    )
    return state
  }

  /** The consent page of an authorization under way; null when it is not this browser's and user's, or over. */
  const destination = async (admin: Admin, provider: ProviderId, state: string, nonce: string) => {
    const pending = await store.authorizations.findPending(random.hash(state))
    if (pending?.step !== 'pending' || clock.now() >= pending.expiresAt) return null
    if (pending.userId !== admin.id || pending.tenantId !== admin.tenantId) return null
    if (pending.nonceHash !== random.hash(nonce)) return null
    const client = await store.authorizations.findClientById(admin.tenantId, pending.clientId)
    if (!client) return null
    const { redirectUri, sealedVerifier } = pending
    const verifierAt = { purpose: 'code_verifier', tenant: admin.tenantId, row: pending.id } as const
    const codeVerifier = sealedVerifier && (await vault.open(sealedVerifier, verifierAt))
    if (sealedVerifier && !codeVerifier) return null
    const request = { clientId: client.identifier, redirectUri, state, codeVerifier }
    return withConsent(providers[provider]).authorizeUrl(request)
  }

  return { begin, destination }
}
