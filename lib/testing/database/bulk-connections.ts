import { randomUUID } from 'node:crypto'
import type { Database } from '#lib/adapters/store/engine/database.ts'
import type { TenantId } from '#lib/domain/accounts/tenant.ts'

/** A connected tenant as its rows will say it. */
export interface BulkRow {
  tenantId: TenantId
  connectionId: string
  clientId: string
  tokenSetId: string
  identifier: string
  sealedSecret: string
  sealedAccessToken: string
  sealedRefreshToken: string
}

export const newBulkRow = (): BulkRow => ({
  tenantId: randomUUID() as TenantId,
  connectionId: randomUUID(),
  clientId: randomUUID(),
  tokenSetId: randomUUID(),
  identifier: randomUUID().replaceAll('-', ''),
  sealedSecret: 'sealed-secret',
  sealedAccessToken: 'sealed-access',
  sealedRefreshToken: 'sealed-refresh',
})

/** SQLite binds at most 32,766 values to one statement. */
const atOnce = 500

interface BulkTimes {
  lifetimeMs: number
  dueInMs: (index: number) => number
  endsInMs?: (index: number) => number
  now: Date
}

/** Thousands of connected tenants, straight into the tables: by way of the use cases they would take minutes. */
export const insertBulkRows = async (
  { q, tables, time }: Database,
  bulkRows: BulkRow[],
  { lifetimeMs, dueInMs, endsInMs = () => lifetimeMs, now }: BulkTimes,
) => {
  const provider = 'teamleader' as const
  for (let from = 0; from < bulkRows.length; from += atOnce) {
    const part = bulkRows.slice(from, from + atOnce)
    await q
      .insert(tables.tenants)
      .values(part.map(({ tenantId: id }) => ({ id, name: `Locataire ${id}`, createdAt: now })))
    await q.insert(tables.clients).values(
      part.map(({ clientId: id, tenantId, identifier, sealedSecret }) => ({
        ...{ id, tenantId, provider, identifier, sealedSecret },
        ...{ secretGeneration: 1, secretLast4: '6cfa', secretSetAt: now },
      })),
    )
    await q.insert(tables.connections).values(
      part.map(({ connectionId: id, tenantId, clientId, tokenSetId }) => ({
        ...{ id, tenantId, provider, clientId, tokenSetId, state: 'connected' as const },
        ...{ revision: 1, enabled: true, since: now, lastSuccessAt: now, connectedAt: now, attempts: 0 },
      })),
    )
    await q.insert(tables.tokenSets).values(
      part.map(
        ({ tokenSetId: id, tenantId, connectionId, clientId, sealedAccessToken, sealedRefreshToken }, index) => ({
          ...{ id, tenantId, connectionId, clientId, provider, sealedAccessToken, sealedRefreshToken },
          ...{ generation: 1, lifetimeMs, createdAt: now, accessRefused: false, knownState: true, identityDueAt: now },
          ...{ identity: 'read' as const, accountId: id, accountName: 'Atelier', accountEmail: 'a@example.org' },
          expiresAt: time.plus(endsInMs(from + index), now),
          refreshDueAt: time.plus(dueInMs(from + index), now),
        }),
      ),
    )
  }
}
