import type { SyncedList } from '#lib/domain/sync/list.ts'
import type { SeenAnswer } from '#lib/domain/sync/question.ts'
import { readRecord, type SyncedRecord } from '#lib/domain/sync/record.ts'
import { type MissingFields, noteMissingFields } from '#lib/domain/sync/records/missing-fields.ts'
import type { Tally } from '#lib/domain/sync/tally.ts'
import type { Deps } from '#lib/ports/deps.ts'
import type { ClaimedList, ListAnswer, StepWrite } from '#lib/ports/sync.ts'
import type { ErasedIds } from '../privacy/erased-ids.ts'

type Rows = Extract<ListAnswer, { kind: 'rows' }>

/** What a page changes of what is stored, and what a reader sees of it. */
export interface Page {
  seen: SeenAnswer
  write: Pick<StepWrite, 'changed' | 'returned' | 'metErased'> & {
    missingFields: MissingFields
    hiddenFields: string[]
  }
  tally: Partial<Tally>
}

const seconds = (at: Date | null) => at && Math.floor(at.getTime() / 1000)

/** Somebody asked to read everything again: what comes is taken as it is. */
const isReread = ({ checkpoint: { thorough, run }, requestedBy }: ClaimedList) =>
  requestedBy !== null && (thorough || (run !== null && 'thorough' in run && run.thorough))

/**
 * Compares a page with what is stored: what came before with the same content costs no write, what was erased is dropped.
 * A field that may be hidden stays as it is stored, until it comes with any record.
 */
export const readPage = ({ store, random }: Deps, erasedIds: ErasedIds) => {
  const digestOf = ({ canonical }: SyncedRecord) => random.hash(canonical).slice(0, 32)

  /** What may be hidden now, and by their ids what known records keep of it. */
  const lookAtFields = async (
    { tenantId, checkpoint }: ClaimedList,
    { id: list, sendsEmpty }: SyncedList,
    { all, edited }: { all: readonly SyncedRecord[]; edited: readonly SyncedRecord[] },
  ) => {
    const sent = new Map(edited.map(({ id, body }) => [id, body]))
    const bodies = edited.length === 0 ? [] : await store.sync.bodies(tenantId, list, [...sent.keys()])
    const pairs = bodies.map(({ id, body }) => ({ id, stored: body, sent: sent.get(id) ?? body }))
    const came = all.map(({ body }) => body)
    const { missingFields, hiddenFields } = noteMissingFields(
      (sendsEmpty && checkpoint.missingFields) || {},
      came,
      pairs,
    )
    const keep = ({ stored, sent }: (typeof pairs)[number]) =>
      Object.entries(stored).filter(([field]) => sendsEmpty && field in missingFields && !(field in sent))
    return {
      missingFields,
      hiddenFields,
      kept: new Map(pairs.map((pair) => [pair.id, Object.fromEntries(keep(pair))])),
    }
  }

  return async (claimed: ClaimedList, list: SyncedList, { rows, at, total, more }: Rows): Promise<Page> => {
    const { tenantId, list: id } = claimed
    const records = rows.map((row) => readRecord(list, row))
    // one that came twice counts once: the last is the newest
    const distinct = new Map(records.flatMap((record) => (record ? [[record.id, record]] : [])))
    const erased = await erasedIds.among(tenantId, id, [...distinct.keys()])
    for (const gone of erased.keys()) distinct.delete(gone)
    const known = new Map((await store.sync.known(tenantId, id, [...distinct.keys()])).map((row) => [row.id, row]))
    const all = [...distinct.values()]
    const compare = (these: readonly SyncedRecord[]) =>
      these
        .map((record) => ({ ...record, digest: digestOf(record), added: known.get(record.id)?.deleted ?? true }))
        .filter(({ id, digest }) => known.get(id)?.digest !== digest)
    const different = compare(all)
    const edited = different.filter((record) => !record.added)
    const { missingFields, hiddenFields, kept } = isReread(claimed)
      ? { missingFields: {}, hiddenFields: [], kept: new Map<string, SyncedRecord['body']>() }
      : await lookAtFields(claimed, list, { all, edited })
    const whole = (record: SyncedRecord) => readRecord(list, { ...record.body, ...kept.get(record.id) }) ?? record
    const changed = Object.keys(missingFields).length === 0 ? different : compare(different.map(whole))
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
        missingFields,
        hiddenFields,
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
