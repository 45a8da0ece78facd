import { and, asc, count as countRows, desc, eq, isNotNull } from 'drizzle-orm'
import type { TenantId } from '#lib/domain/accounts/tenant.ts'
import type { ListId } from '#lib/domain/sync/list.ts'
import { hiddenFields } from '#lib/domain/sync/records/missing-fields.ts'
import { changedSomething } from '#lib/domain/sync/tally.ts'
import { progressOf } from '#lib/domain/sync/view/progress.ts'
import type { SyncStore } from '#lib/ports/sync.ts'
import type { Database } from '../engine/database.ts'
import { recordRows } from './record-rows.ts'

/** Names that the question about a mass deletion shows. */
const namesShown = 10

export const statusRows = (db: Database): Pick<SyncStore, 'status' | 'countHeld'> => {
  const { tables, q } = db
  const { syncStates, syncRuns, users } = tables
  const { count, listMissing } = recordRows(db)

  const lastChange = async (tenantId: TenantId, list: ListId) => {
    const runs = await q
      .select({ at: syncRuns.finishedAt, tally: syncRuns.tally })
      .from(syncRuns)
      .where(and(eq(syncRuns.tenantId, tenantId), eq(syncRuns.list, list)))
      .orderBy(desc(syncRuns.finishedAt))
    return runs.find(({ tally }) => changedSomething(tally)) ?? null
  }

  return {
    status: async (tenantId) => {
      const rows = await q
        .select({ state: syncStates, by: users.name })
        .from(syncStates)
        .leftJoin(users, eq(users.id, syncStates.stoppedBy))
        .where(eq(syncStates.tenantId, tenantId))
        .orderBy(asc(syncStates.list))
      return Promise.all(
        rows.map(async ({ state, by }) => {
          const { list, heldAt, stoppedAt } = state
          const { living, missing } = await count(tenantId, list)
          const names = heldAt ? await listMissing(tenantId, list, namesShown) : []
          return {
            ...{ list, phase: state.phase, tally: state.tally, records: living, startedAt: state.startedAt },
            ...{ completeAt: state.completeAt, provenAt: state.provenAt, dueAt: state.dueAt },
            ...{ failure: state.failure, attempts: state.attempts, requested: state.requestedBy !== null },
            hidden: state.failure === 'fields_hidden' ? hiddenFields(state.checkpoint.missingFields ?? {}) : [],
            progress: progressOf(state.checkpoint, {
              ...{ tally: state.tally, stored: living, complete: state.completeAt !== null },
            }),
            stopped: stoppedAt && { at: stoppedAt, by },
            held: heldAt && { at: heldAt, count: missing, names: names.map(({ name }) => name) },
            lastChange: await lastChange(tenantId, list),
          }
        }),
      )
    },
    countHeld: async (tenantId) => {
      const [row] = await q
        .select({ n: countRows() })
        .from(syncStates)
        .where(and(eq(syncStates.tenantId, tenantId), isNotNull(syncStates.heldAt)))
      return row?.n ?? 0
    },
  }
}
