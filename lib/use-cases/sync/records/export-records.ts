import type { Admin } from '#lib/domain/accounts/user.ts'
import { actorOf, journalEntry } from '#lib/domain/journal/journal-entry.ts'
import type { ListId } from '#lib/domain/sync/list.ts'
import type { RecordPlace, RecordView } from '#lib/domain/sync/records/record-view.ts'
import type { Deps } from '#lib/ports/deps.ts'
import type { ListedRecord } from '#lib/ports/sync/records.ts'

/** Records in memory at once, however many there are. */
const batchLength = 200

/** Hands out all that a view of a list shows, and journals that it did before the first record leaves. */
export const exportRecords = ({ store, clock }: Pick<Deps, 'store' | 'clock'>) => {
  async function* read({ tenantId }: Admin, list: ListId, view: RecordView): AsyncGenerator<ListedRecord[]> {
    let after: RecordPlace | null = null
    do {
      const slice: Awaited<ReturnType<typeof store.records.slice>> = await store.records.slice(
        { tenantId, list },
        view,
        after,
        batchLength,
      )
      if (slice.rows.length > 0) yield slice.rows
      after = slice.after
    } while (after)
  }

  /** @returns batches, in the order of the view */
  return async (admin: Admin, list: ListId, view: RecordView) => {
    const { tenantId } = admin
    const entry = {
      at: clock.now(),
      tenantId,
      actor: actorOf(admin),
      event: 'list.exported',
      detail: { list },
    } as const
    await store.journal.append(journalEntry(entry))
    return read(admin, list, view)
  }
}
