import type { ConsoleCursor, ConsolePlace, ConsoleView } from '#lib/domain/support/console-view.ts'
import type { Deps } from '#lib/ports/deps.ts'
import type { ConsoleRow } from '#lib/ports/support.ts'

export const pageLength = 25

export interface ConsolePage {
  rows: ConsoleRow[]
  /** More tenants match than were looked at: the list is not whole. */
  partial: boolean
  previous: ConsolePlace | null
  next: ConsolePlace | null
}

/** Support's list of connections, a page at a time. */
export const listConnections = ({ store }: Pick<Deps, 'store'>) => {
  /** A cursor that nothing lies beyond answers the first page. */
  const page = async (view: ConsoleView, cursor: ConsoleCursor | null): Promise<ConsolePage> => {
    const { rows: found, partial } = await store.console.list(view, cursor, pageLength + 1)
    const more = found.length > pageLength
    const backward = cursor?.backward ?? false
    if (cursor !== null && (backward ? !more : found.length === 0)) return page(view, null)
    const rows = backward ? found.slice(-pageLength) : found.slice(0, pageLength)
    return {
      rows,
      partial,
      previous: cursor === null ? null : (rows[0]?.place ?? null),
      next: backward || more ? (rows.at(-1)?.place ?? null) : null,
    }
  }
  return page
}
