import type { TenantId } from '#lib/domain/accounts/tenant.ts'
import type { ListId } from '#lib/domain/sync/list.ts'
import type { RecordCursor, RecordPlace, RecordView } from '#lib/domain/sync/records/record-view.ts'
import type { Deps } from '#lib/ports/deps.ts'
import type { ListedRecord } from '#lib/ports/sync/records.ts'

const pageLength = 50
/** How long a count is told while records change. */
const countMs = 10_000
const mostCounts = 1_000

interface Of {
  tenantId: TenantId
  list: ListId
}

export interface RecordPage {
  rows: ListedRecord[]
  /** How many were found, where words were looked for. */
  matched: number | null
  /** More match than were looked at: the list is not whole. */
  partial: boolean
  previous: RecordPlace | null
  next: RecordPlace | null
}

/** A list of copied records, a page at a time. */
export const listRecords = ({ store, monotonicMs }: Pick<Deps, 'store' | 'monotonicMs'>) => {
  const counts = new Map<string, { change: number; atMs: number; count: number }>()

  /** A cursor that nothing lies beyond answers the first page. */
  const page = async (of: Of, view: RecordView, cursor: RecordCursor | null): Promise<RecordPage> => {
    const { rows: found, matched, partial } = await store.records.list(of, view, cursor, pageLength + 1)
    const more = found.length > pageLength
    const backward = cursor?.backward ?? false
    if (cursor !== null && (backward ? !more : found.length === 0)) return page(of, view, null)
    const rows = backward ? found.slice(-pageLength) : found.slice(0, pageLength)
    return {
      ...{ rows, matched, partial },
      previous: cursor === null ? null : (rows[0]?.place ?? null),
      next: backward || more ? (rows.at(-1)?.place ?? null) : null,
    }
  }

  /**
   * How many records a list has: counted again when one changed, at most every ten seconds.
   *
   * @param change the last change number of the list
   */
  const count = async (of: Of, change: number): Promise<number> => {
    const key = `${of.tenantId} ${of.list}`
    const known = counts.get(key)
    if (known && (known.change === change || monotonicMs() - known.atMs < countMs)) return known.count
    const { living } = await store.sync.count(of.tenantId, of.list)
    if (counts.size >= mostCounts) counts.clear()
    counts.set(key, { change, atMs: monotonicMs(), count: living })
    return living
  }

  return { page, count }
}
