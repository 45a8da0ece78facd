import { randomUUID } from 'node:crypto'
import { and, eq } from 'drizzle-orm'
import type { Database } from '#lib/adapters/store/engine/database.ts'
import type { TenantId } from '#lib/domain/accounts/tenant.ts'
import { firstCheckpoint } from '#lib/domain/sync/checkpoint.ts'
import type { ListId } from '#lib/domain/sync/list.ts'
import { syncedLists } from '#lib/domain/sync/synced-lists.ts'
import { noTally } from '#lib/domain/sync/tally.ts'
import { noon } from '../database/fixtures.ts'

/** The copy of a list, made by rows alone: for what reads it. */

interface Filled {
  list: ListId
  records: number
  /** Records that share a change number. */
  perChange: number
  /** Of these, the last ones are tombstones. */
  deleted: number
  /** From one change to the next. */
  everyMs?: number
}

/** A tenant whose copy of a list is empty. */
export const addCopy = async ({ q, tables }: Database, { list }: { list: ListId }): Promise<TenantId> => {
  const tenantId = randomUUID() as TenantId
  const connectionId = randomUUID()
  const { provider } = syncedLists[list]
  await q.insert(tables.tenants).values({ id: tenantId, name: 'Atelier', sortName: 'atelier', createdAt: noon })
  await q.insert(tables.connections).values({
    ...{ id: connectionId, tenantId, provider, revision: 0, enabled: true },
    ...{ state: 'connected', since: noon, attempts: 0 },
  })
  await q.insert(tables.syncStates).values({
    ...{ id: `${connectionId}-${list}`, tenantId, connectionId, provider, list },
    ...{ checkpoint: firstCheckpoint(noon.getTime()), tally: noTally },
  })
  return tenantId
}

/** Company-like bodies of about the size that Teamleader sends. */
export const bodyOf = (index: number) => ({
  name: `Dupont « & » "Fils" \\ ${index}`,
  status: 'active',
  emails: [{ type: 'primary', email: `info${index}@dupont.example` }],
  telephones: [{ type: 'phone', number: '+32 475 12 34 56' }],
  primary_address: { line_1: 'Rue de la Loi 16', postal_code: '1000', city: 'Bruxelles', country: 'BE' },
  web_url: `https://focus.teamleader.eu/${index}`,
})

/** Fills it with changes of `perChange` records each. */
export const fillCopy = async (
  db: Database,
  tenantId: TenantId,
  { list, records, perChange, deleted, everyMs = 0 }: Filled,
): Promise<void> => {
  const { q, tables } = db
  const rows = Array.from({ length: records }, (_, index) => {
    const change = Math.floor(index / perChange) + 1
    const changedAt = new Date(noon.getTime() + change * everyMs)
    const gone = index >= records - deleted
    return {
      ...{ tenantId, providerId: `id "${index}"`, name: '', sortName: '', status: null, digest: '' },
      ...{ body: gone ? null : bodyOf(index), change, changedAt, deletedAt: gone ? changedAt : null },
    }
  })
  for (let at = 0; at < rows.length; at += 500) await q.insert(tables[list]).values(rows.slice(at, at + 500))
  const change = Math.ceil(records / perChange)
  await db.atomically({
    guard: (tx) =>
      tx
        .update(tables.syncStates)
        .set({ change })
        .where(and(eq(tables.syncStates.tenantId, tenantId), eq(tables.syncStates.list, list)))
        .returning({ id: tables.syncStates.id }),
    then: () => [],
  })
}
