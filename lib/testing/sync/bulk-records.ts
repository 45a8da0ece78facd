import { createHash, randomUUID } from 'node:crypto'
import type { Database } from '#lib/adapters/store/engine/database.ts'
import { store as storeOf } from '#lib/adapters/store/store.ts'
import type { TenantId } from '#lib/domain/accounts/tenant.ts'
import { firstCheckpoint } from '#lib/domain/sync/checkpoint.ts'
import type { ListId } from '#lib/domain/sync/list.ts'
import { readRecord } from '#lib/domain/sync/record.ts'
import { syncedLists } from '#lib/domain/sync/synced-lists.ts'
import { noTally } from '#lib/domain/sync/tally.ts'
import type { StepWrite } from '#lib/ports/sync.ts'
import { companies } from '#lib/sandbox/teamleader/generator/companies.ts'
import { contacts } from '#lib/sandbox/teamleader/generator/contacts.ts'

const makers = { companies, contacts }
const minuteMs = 60_000

/** The provider's name of the nth record of a list. */
export const bulkId = (n: number) => `00000000-0000-0000-0000-${String(n).padStart(12, '0')}`

/** A list of a tenant that is copied by hand, page by page, as the background work would. */
export const handCopy = async (
  db: Database,
  of: { tenantId: TenantId; connectionId: string; list: ListId },
  now: Date,
) => {
  const { tenantId, connectionId, list } = of
  const { sync } = storeOf(db)
  const checkpoint = firstCheckpoint(now.getTime())
  const stored = new Set<string>()
  await db.q.insert(db.tables.syncStates).values({
    ...{ id: randomUUID(), tenantId, connectionId, list, provider: syncedLists[list].provider },
    ...{ dueAt: now, checkpoint, tally: noTally },
  })

  const write = async (change: Partial<StepWrite>) => {
    const claimed = await sync.claimList(tenantId, list, minuteMs, now)
    if (!claimed) throw new Error(`${list} cannot be claimed`)
    const stored = await sync.store(claimed, {
      ...{ checkpoint, dueInMs: 0, phase: null, tally: noTally, startedAt: null, requestedBy: null },
      ...{ failure: null, attempts: 0, heldAt: null, accountId: null, entries: [], now },
      ...change,
    })
    if (!stored) throw new Error('the page was not stored')
  }

  return {
    write,
    /** A page of rows as the provider sends them. */
    page: (rows: readonly object[], change: Partial<StepWrite> = {}) =>
      write({
        changed: rows.flatMap((row) => {
          const record = readRecord(syncedLists[list], row)
          if (!record) return []
          const digest = createHash('sha256').update(record.canonical).digest('hex').slice(0, 32)
          const added = !stored.has(record.id)
          stored.add(record.id)
          return [{ ...record, digest, added }]
        }),
        ...change,
      }),
  }
}

/** So many generated records, made by the sandbox and stored as pages are. */
export const fillRecords = async (
  db: Database,
  of: { tenantId: TenantId; connectionId: string; list: 'companies' | 'contacts' },
  count: number,
  now: Date,
) => {
  const copy = await handCopy(db, of, now)
  const atOnce = 1_000
  for (let from = 0; from < count; from += atOnce) {
    const rows = Array.from({ length: Math.min(atOnce, count - from) }, (_, index) => {
      const at = new Date(now.getTime() - (from + index) * minuteMs).toISOString()
      const { fields } = makers[of.list].make(7, from + index)
      return { ...fields, id: bulkId(from + index), added_at: at, updated_at: at }
    })
    await copy.page(rows)
  }
  await copy.write({ completeAt: now, provenAt: now })
  return copy
}
