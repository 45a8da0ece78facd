import 'server-only'
import { getTranslations } from 'next-intl/server'
import { container } from '#lib/composition/container.ts'
import type { User } from '#lib/domain/accounts/user.ts'
import type { JournalScope } from '#lib/domain/journal/journal-view.ts'
import { requireMember, requireSupport } from '#lib/server/auth/session.ts'
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

const readPage = async (viewer: User, scope: JournalScope, params: Params): Promise<JournalPage> => {
  const query = readQuery(params)
  const [{ store, readJournal: read, clock }, t] = await Promise.all([container(), getTranslations()])
  const people = await store.journal.people(scope)
  const filter = filterOf(query, viewer, termsOf(query.typed, t, people))
  const { lines, older, partial } = await read(scope, filter, query.after, pageLength)
  return {
    query,
    people,
    entries: lines.map(formatterOf(t, scope === 'all').format),
    empty: lines.length > 0 || partial !== null ? null : whyEmpty(query),
    whole: writeQuery({ ...query, after: null }),
    older: older && writeQuery({ ...query, after: older }),
    partial,
    now: clock.now(),
  }
}

/** A page of the signed-in user's tenant's journal. */
export const readJournal = async (params: Params): Promise<JournalPage> => {
  const member = await requireMember()
  return readPage(member, member.tenantId, params)
}

/** A page of the journal over all customers, and of what is nobody's: the platform's own. */
export const readWholeJournal = async (params: Params): Promise<JournalPage> =>
  readPage(await requireSupport(), 'all', params)
