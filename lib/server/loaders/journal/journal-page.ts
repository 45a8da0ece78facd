import 'server-only'
import { getTranslations } from 'next-intl/server'
import { container } from '#lib/composition/container.ts'
import { requireMember } from '#lib/server/auth/session.ts'
import { type FormattedEntry, formatterOf } from './journal-messages.ts'
import { filterOf, type JournalQuery, type Params, readQuery, writeQuery } from './journal-query.ts'
import { termsOf } from './journal-terms.ts'

const pageLength = 50

export interface JournalPage {
  query: JournalQuery
  /** Whom the journal can be narrowed to. */
  people: { id: string; name: string }[]
  entries: FormattedEntry[]
  /** Why there is none, if there is none. */
  empty: 'emptyPeriod' | 'emptyOlder' | 'emptyFilter' | 'empty' | null
  /** Queries of addresses: the same filter without a place, and behind the last entry shown. */
  whole: string
  older: string | null
  /** How many entries were looked through, when not all were. */
  partial: number | null
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
  const [{ store, readJournal: readPage, clock }, t] = await Promise.all([container(), getTranslations()])
  const people = await store.journal.people(member.tenantId)
  const filter = filterOf(query, member, termsOf(query.typed, t, people))
  const { lines, older, partial } = await readPage(member.tenantId, filter, query.after, pageLength)
  return {
    query,
    people,
    entries: lines.map(formatterOf(t).format),
    empty: lines.length > 0 || partial !== null ? null : whyEmpty(query),
    whole: writeQuery({ ...query, after: null }),
    older: older && writeQuery({ ...query, after: older }),
    partial,
    now: clock.now(),
  }
}
