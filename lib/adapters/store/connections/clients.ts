import { and, eq } from 'drizzle-orm'
import type { TenantId } from '#lib/domain/accounts/tenant.ts'
import type { ProviderId } from '#lib/domain/connections/provider.ts'
import type { AuthorizationStore, SealedClient, SettingsChange, SharedClientUse } from '#lib/ports/authorization.ts'
import type { Database } from '../engine/database.ts'
import type { Queries } from '../engine/queries.ts'
import { changeStatus } from './connection-status.ts'

/** A secret that was typed: of a new client of the tenant's, or in place of the one that its client had. */
export const writeClient = ({ tables: { clients } }: Database, q: Queries, change: SettingsChange) => {
  const { client, now, tenantId, provider } = change
  if (!client.secret) return []
  const secret = {
    sealedSecret: client.secret.sealed,
    secretGeneration: client.secret.version,
    secretLast4: client.secret.last4,
    secretSetAt: now,
  }
  return [
    q
      .insert(clients)
      .values({ id: client.id, tenantId, provider, identifier: client.identifier, ...secret })
      .onConflictDoUpdate({ target: clients.id, set: secret, setWhere: eq(clients.tenantId, tenantId) }),
  ]
}

/** The row that stands for the operator's client in a tenant's authorizations; there is no secret in it. */
const writeSharedClient = ({ tables: { clients } }: Database, q: Queries, change: SharedClientUse) => {
  const { client, tenantId, provider, now } = change
  const noSecret = { sealedSecret: '', secretGeneration: 0, secretLast4: '', secretSetAt: now }
  return q
    .insert(clients)
    .values({ ...client, ...noSecret, tenantId, provider, shared: true })
    .onConflictDoNothing()
}

type Methods = Pick<AuthorizationStore, 'findClient' | 'findClientById' | 'useSharedClient'>

/** The clients that a tenant is authorized through: its own, and the operator's. */
export const clientRows = (db: Database): Methods => {
  const { connections, clients } = db.tables
  const sealedClient = async (where: ReturnType<typeof and>): Promise<SealedClient | null> => {
    const [row] = await db.q.select().from(clients).where(where)
    return row ? { ...row, secretVersion: row.secretGeneration } : null
  }
  const named = (tenantId: TenantId, provider: ProviderId, identifier: string, shared: boolean) =>
    and(
      eq(clients.tenantId, tenantId),
      eq(clients.provider, provider),
      eq(clients.identifier, identifier),
      eq(clients.shared, shared),
    )
  return {
    findClient: (tenantId, provider, identifier) => sealedClient(named(tenantId, provider, identifier, false)),
    findClientById: (tenantId, id) => sealedClient(and(eq(clients.tenantId, tenantId), eq(clients.id, id))),
    useSharedClient: async (change) => {
      const { connectionId, tenantId, provider, client, now } = change
      const won = await db.atomically({
        guard: (q) =>
          q
            .update(connections)
            .set({ authorizationFailure: null, authorizationFailureAt: null })
            .where(and(eq(connections.id, connectionId), eq(connections.tenantId, tenantId)))
            .returning({ id: connections.id }),
        then: (q) => [writeSharedClient(db, q, change), ...changeStatus(db, q, connectionId, change.statusChange, now)],
      })
      return won && ((await sealedClient(named(tenantId, provider, client.identifier, true)))?.id ?? null)
    },
  }
}
