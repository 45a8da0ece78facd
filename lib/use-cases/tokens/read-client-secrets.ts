import type { TenantId } from '#lib/domain/accounts/tenant.ts'
import { clientSecretContext } from '#lib/domain/connections/client-credentials.ts'
import type { ProviderId } from '#lib/domain/connections/provider.ts'
import type { SealedClient } from '#lib/ports/authorization.ts'
import type { Deps } from '#lib/ports/deps.ts'

type StoredClient = Pick<SealedClient, 'id' | 'identifier' | 'shared' | 'sealedSecret' | 'secretVersion'>

type ClientSecrets =
  | { kind: 'found'; secrets: readonly string[] }
  | { kind: 'secret_unreadable' | 'provider_configuration' }

/** What a client is authenticated with: a tenant's own by the secret it stored, the operator's by those that the settings hold now. */
export const readClientSecrets =
  ({ providers, vault }: Pick<Deps, 'providers' | 'vault'>) =>
  async (tenant: TenantId, provider: ProviderId, client: StoredClient): Promise<ClientSecrets> => {
    if (client.shared) {
      const api = providers[provider]
      const shared = api.grant === 'authorization_code' ? api.sharedClients : []
      const found = shared.find(({ identifier }) => identifier === client.identifier)
      return found ? { kind: 'found', secrets: found.secrets } : { kind: 'provider_configuration' }
    }
    const secret = await vault.open(client.sealedSecret, clientSecretContext(tenant, client))
    return secret === null ? { kind: 'secret_unreadable' } : { kind: 'found', secrets: [secret] }
  }

export type ReadClientSecrets = ReturnType<typeof readClientSecrets>
