import { and, eq, gte, inArray, like, lt, ne, not, or, type SQL, sql } from 'drizzle-orm'
import { failureEvents } from '#lib/domain/journal/journal-outcome.ts'
import type { JournalActor, JournalFilter, JournalScope, JournalTerm } from '#lib/domain/journal/journal-view.ts'
import { prefixEnd } from '#lib/domain/support/search-words.ts'
import type { Database } from '../engine/database.ts'

/** What an entry came to, who caused it, and what its words may be, as conditions on a row. */
export const journalConditions = ({ q, tables }: Pick<Database, 'q' | 'tables'>) => {
  const { journal, users, connections, searchWords } = tables
  const idsOfSupport = q.select({ id: users.id }).from(users).where(eq(users.role, 'support'))

  const wentWrong = sql`(${or(ne(journal.outcome, 'ok'), inArray(journal.event, failureEvents))})`

  const by = (scope: JournalScope, who: JournalActor): SQL | undefined => {
    if ('userId' in who) {
      if (scope === 'all') return eq(journal.userId, who.userId)
      const own = and(eq(users.id, who.userId), eq(users.tenantId, scope))
      return inArray(journal.userId, q.select({ id: users.id }).from(users).where(own))
    }
    return who.group === 'support' ? inArray(journal.userId, idsOfSupport) : eq(journal.actor, who.group)
  }

  /** Both databases read a field of JSON by this operator. */
  const about = sql`${journal.detail} ->> 'userId'`

  /** Of a customer with a word that begins so: of its name, its reference, its admins' addresses. */
  const ofTenant = (prefix: string) => {
    const { tenantId, word } = searchWords
    const found = q
      .select({ tenantId })
      .from(searchWords)
      .where(and(gte(word, prefix), lt(word, prefixEnd(prefix))))
    return inArray(journal.tenantId, found)
  }

  const means = (scope: JournalScope, term: JournalTerm): SQL | undefined => {
    const { events, outcomes, failed, actors, people, providers, tenant, fact } = term
    const ofThese = and(
      scope === 'all' ? undefined : eq(connections.tenantId, scope),
      inArray(connections.provider, [...providers]),
    )
    const any = [
      ...(events.length > 0 ? [inArray(journal.event, [...events])] : []),
      ...(outcomes.length > 0 ? [inArray(journal.outcome, [...outcomes])] : []),
      ...(failed ? [wentWrong] : []),
      ...actors.map((group) => by(scope, { group })),
      ...(people.length > 0 ? [inArray(journal.userId, [...people]), inArray(about, [...people])] : []),
      ...(providers.length > 0
        ? [inArray(journal.connectionId, q.select({ id: connections.id }).from(connections).where(ofThese))]
        : []),
      ...(tenant === null || scope !== 'all' ? [] : [ofTenant(tenant)]),
      ...(fact === null ? [] : [like(sql`lower(cast(${journal.detail} as text))`, `%${fact}%`)]),
    ]
    return any.length > 0 ? or(...any) : sql`1 = 0`
  }

  return (
    scope: JournalScope,
    { outcome, who, terms }: Pick<JournalFilter, 'outcome' | 'who' | 'terms'>,
  ): (SQL | undefined)[] => [
    outcome === null ? undefined : outcome === 'ok' ? not(wentWrong) : wentWrong,
    who ? by(scope, who) : undefined,
    ...terms.map((term) => means(scope, term)),
  ]
}
