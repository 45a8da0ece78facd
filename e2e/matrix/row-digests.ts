import { createHash } from 'node:crypto'
import { setTimeout as pause } from 'node:timers/promises'
import { type Column, eq, getTableColumns, inArray, or } from 'drizzle-orm'
import type { Database } from '../../lib/adapters/store/engine/database.ts'
import type { TenantId } from '../../lib/domain/accounts/tenant.ts'

type Table = Database['tables']['journal']

/** What is refused leaves its trace, and changes nothing else. */
const refusals = new Set(['access.refused', 'api_key.refused'])

/** When something was last used is stored now and then, so that whichever request comes next would seem to have done it. */
const lastUses: Record<string, string> = { apiKeys: 'usedAt', sessions: 'lastSeenAt', tokenSets: 'usedAt' }

/** Of each table, a digest of the rows that are a tenant's, or of one of its people. */
const digestOf = async ({ q, tables }: Database, tenantId: TenantId): Promise<Map<string, string>> => {
  const users = q.select({ id: tables.users.id }).from(tables.users).where(eq(tables.users.tenantId, tenantId))
  const digests = new Map<string, string>()
  for (const [name, table] of Object.entries(tables) as [string, Table][]) {
    const columns: Record<string, Column> = getTableColumns(table)
    const { tenantId: ofTenant, userId: ofUser, id } = columns
    const owned = [
      ...(ofTenant ? [eq(ofTenant, tenantId)] : []),
      ...(ofUser ? [inArray(ofUser, users)] : []),
      ...(name === 'tenants' && id ? [eq(id, tenantId)] : []),
    ]
    if (owned.length === 0) continue
    const owner = or(...owned)
    const lastUse = lastUses[name]
    const found = await q.select().from(table).where(owner)
    const rows = found
      .filter(({ event }) => !refusals.has(event))
      .map((row) => JSON.stringify({ ...row, ...(lastUse && { [lastUse]: null }) }))
      .sort()
    digests.set(name, createHash('sha256').update(rows.join('\n')).digest('hex'))
  }
  return digests
}

/** Watches the rows of a tenant. @returns the tables in which something changed since it was last asked. */
export const watchRows = async (db: Database, tenantId: TenantId) => {
  let before = await digestOf(db, tenantId)
  return async (): Promise<string[]> => {
    const after = await digestOf(db, tenantId)
    const changed = [...after].filter(([name, digest]) => before.get(name) !== digest).map(([name]) => name)
    before = after
    return changed
  }
}

const quietMs = 2_000

/** Resolves when nothing of the tenant changes any more: what the background had to do for it is done. */
export const untilQuiet = async (db: Database, tenantId: TenantId): Promise<void> => {
  const changed = await watchRows(db, tenantId)
  do await pause(quietMs)
  while ((await changed()).length > 0)
}
