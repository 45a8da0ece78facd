import 'server-only'
import { container } from '#lib/composition/container.ts'
import { requireMember } from '#lib/server/auth/session.ts'
import { type FormattedEntry, journalFormatter } from './journal-messages.ts'
import { filterOf, type JournalQuery, type Params, readQuery, writeQuery } from './journal-query.ts'

const pageLength = 50

export interface JournalPage {
  query: JournalQuery
  entries: FormattedEntry[]
  /** Why there is none, if there is none. */
  empty: 'emptyPeriod' | 'emptyOlder' | 'emptyFilter' | 'empty' | null
  /** Queries of addresses: the same filter without a place, and behind the last entry shown. */
  whole: string
  older: string | null
  now: Date
}

const whyEmpty = (query: JournalQuery) => {
  if (query.from && query.to && query.from > query.to) return 'emptyPeriod'
  if (query.after) return 'emptyOlder'
  return writeQuery(query) === '' ? 'empty' : 'emptyFilter'
}

/** A page of the signed-in user's tenant's journal. */
export const readJournal = async (params: Params): Promise<JournalPage> => {
  const member = await requireMember()
  const query = readQuery(params)
  const [{ store, clock }, { format }] = await Promise.all([container(), journalFormatter()])
  const found = await store.journal.list(member.tenantId, filterOf(query, member), query.after, pageLength + 1)
  const shown = found.slice(0, pageLength)
  const last = shown.at(-1)
  return {
    query,
    entries: shown.map(format),
    empty: last ? null : whyEmpty(query),
    whole: writeQuery({ ...query, after: null }),
    older: last && found.length > pageLength ? writeQuery({ ...query, after: last }) : null,
    now: clock.now(),
  }
}
