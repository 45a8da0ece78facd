import { Failure } from '#lib/domain/failure.ts'
import type { SyncedList } from '#lib/domain/sync/list.ts'
import { lostFields } from '#lib/domain/sync/lost-fields.ts'
import type { SeenAnswer } from '#lib/domain/sync/question.ts'
import { readRecord, type SyncedRecord } from '#lib/domain/sync/record.ts'
import type { Tally } from '#lib/domain/sync/sync-run.ts'
import type { Deps } from '#lib/ports/deps.ts'
import type { ClaimedList, ListAnswer, StepWrite } from '#lib/ports/sync.ts'
import type { ErasedIds } from '../privacy/erased-ids.ts'

type Rows = Extract<ListAnswer, { kind: 'rows' }>

/** What a page changes of what is stored, and what a reader sees of it. */
export interface Page {
  seen: SeenAnswer
  write: Pick<StepWrite, 'changed' | 'returned' | 'metErased'>
  tally: Partial<Tally>
}

const seconds = (at: Date | null) => at && Math.floor(at.getTime() / 1000)

/** Somebody asked to read everything again: what comes is taken as it is. */
const isReread = ({ checkpoint: { thorough, run }, requestedBy }: ClaimedList) =>
  requestedBy !== null && (thorough || (run !== null && 'thorough' in run && run.thorough))

/**
 * Compares a page with what is stored: what came before with the same content costs no write, what was erased is dropped.
 *
 * @throws Failure `fields_hidden` where storing it would forget fields of all its records
 */
export const readPage = ({ store, random }: Deps, erasedIds: ErasedIds) => {
  const digestOf = ({ canonical }: SyncedRecord) => random.hash(canonical).slice(0, 32)

  const refuseLoss = async ({ tenantId, list }: ClaimedList, changed: readonly SyncedRecord[]) => {
    const sent = new Map(changed.map((record) => [record.id, record.body]))
    const stored = await store.sync.bodies(tenantId, list, [...sent.keys()])
    const lost = lostFields(stored.map(({ id, body }) => ({ stored: body, sent: sent.get(id) ?? body })))
    if (lost.length > 0) throw new Failure('fields_hidden')
  }

  return async (claimed: ClaimedList, list: SyncedList, { rows, at, total, more }: Rows): Promise<Page> => {
    const { tenantId, list: id } = claimed
    const records = rows.map((row) => readRecord(list, row))
    // one that came twice counts once: the last is the newest
    const distinct = new Map(records.flatMap((record) => (record ? [[record.id, record]] : [])))
    const erased = await erasedIds.among(tenantId, id, [...distinct.keys()])
    for (const gone of erased.keys()) distinct.delete(gone)
    const known = new Map((await store.sync.known(tenantId, id, [...distinct.keys()])).map((row) => [row.id, row]))
    const changed = [...distinct.values()]
      .map((record) => ({ ...record, digest: digestOf(record), added: known.get(record.id)?.deleted ?? true }))
      .filter(({ id, digest }) => known.get(id)?.digest !== digest)
    const edited = changed.filter((record) => !record.added)
    if (edited.length > 0 && !isReread(claimed)) await refuseLoss(claimed, edited)
    const fresh = new Set(changed.map((record) => record.id))
    const added = changed.filter((record) => record.added).length
    return {
      seen: {
        rows: records.map((record) => ({ id: record?.id ?? null, second: seconds(record?.updatedAt ?? null) })),
        at: seconds(at),
        total,
        more,
      },
      write: {
        changed,
        returned: [...known.values()].filter((row) => row.missing && !fresh.has(row.id)).map((row) => row.id),
        metErased: [...erased.values()],
      },
      tally: {
        added,
        changed: changed.length - added,
        read: records.length,
        unreadable: records.filter((record) => record === null).length,
      },
    }
  }
}

export type ReadPage = ReturnType<typeof readPage>
