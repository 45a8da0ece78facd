import {
  isSelective,
  type JournalFilter,
  type JournalLine,
  type JournalPlace,
  type JournalScope,
} from '#lib/domain/journal/journal-view.ts'
import type { Deps } from '#lib/ports/deps.ts'

/** Entries that are looked through at once for the few that a filter wants, however long the journal is. */
const entriesLookedThrough = 20_000

export interface JournalPage {
  lines: JournalLine[]
  /** Where to go on; null where the journal ends. */
  older: JournalPlace | null
  /** How many entries were looked through, when what lies behind them was not. */
  partial: number | null
}

/** Sorts behind every entry of its instant: ids begin with a hexadecimal digit. */
const endOf = (at: Date): JournalPlace => ({ at, id: '0' })

/** A page of the journal, newest first. */
export const readJournal = ({ store }: Pick<Deps, 'store'>, most = entriesLookedThrough) => {
  /** How far one look reaches; null where that is the end. */
  const reach = async (scope: JournalScope, filter: JournalFilter, after: JournalPlace | null) => {
    if (!isSelective(filter)) return null
    const end = await store.journal.instantBehind(scope, filter.until, after, most)
    return end && (!filter.from || end > filter.from) ? end : null
  }

  const page = async (
    scope: JournalScope,
    filter: JournalFilter,
    after: JournalPlace | null,
    limit: number,
  ): Promise<JournalPage> => {
    const end = await reach(scope, filter, after)
    const found = await store.journal.list(scope, { ...filter, from: end ?? filter.from }, after, limit + 1)
    const lines = found.slice(0, limit)
    if (found.length > limit) return { lines, older: lines.at(-1) ?? null, partial: null }
    return { lines, older: end && endOf(end), partial: end && most }
  }
  return page
}

export type ReadJournal = ReturnType<typeof readJournal>
