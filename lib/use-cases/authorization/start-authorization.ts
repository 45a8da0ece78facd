import type { Admin } from '#lib/domain/accounts/user.ts'
import { authorizationLifeMs } from '#lib/domain/authorization/pending-authorization.ts'
import { type ProviderId, withConsent } from '#lib/domain/connections/provider.ts'
import { Failure } from '#lib/domain/failure.ts'
import { actorOf, journalEntry } from '#lib/domain/journal/journal-entry.ts'
import type { Deps } from '#lib/ports/deps.ts'

/** Starts an authorization at the consent page. */
export const startAuthorization = ({ store, providers, vault, clock, random, publicUrl }: Deps) => {
  /**
   * Stores a pending authorization of the saved client, bound to user, tenant and browser.
   * @returns the state; only its hash is stored.
   */
  const begin = async (admin: Admin, provider: ProviderId, nonce: string): Promise<string> => {
    const record = await store.authorizations.find(admin.tenantId, provider)
    if (!record?.client) throw new Failure('client_id_missing')
    const now = clock.now()
    const [id, state] = [random.uuid(), random.secret()]
    const { pkce } = withConsent(providers[provider])
    const verifierAt = { purpose: 'code_verifier', tenant: admin.tenantId, row: id } as const
    await store.authorizations.addPending(
      {
        id,
        tenantId: admin.tenantId,
        connectionId: record.id,
        clientId: record.client.id,
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
          connectionId: record.id,
          actor: actorOf(admin),
          event: 'authorization.departed',
          detail: { clientId: record.client.identifier, redirectUri: `${publicUrl}/oauth/callback` },
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
