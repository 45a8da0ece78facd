import { and, asc, count, eq, gte, lt, type SQL, sql } from 'drizzle-orm'
import type { AnySQLiteColumn, SQLiteTable } from 'drizzle-orm/sqlite-core'
import { prefixEnd } from '#lib/domain/support/search-words.ts'
import type { Queries } from '../engine/queries.ts'

/** More than this are not put in order: somebody who typed so little means to type more. */
export const mostMatched = 1_000
/** Of a word that is found more often than this, not every place is looked at. */
const mostLooked = 3_000

/** A table of words, each beside what is found by it; the part of it that is searched. */
export interface WordIndex {
  table: SQLiteTable
  word: AnySQLiteColumn
  owner: AnySQLiteColumn
  within?: SQL
}

export interface Matched<Owner> {
  owners: Owner[]
  /** There may be more than these. */
  partial: boolean
}

export const matched = <Owner>(rows: { owner: unknown }[], partial: boolean): Matched<Owner> => ({
  owners: [...new Set(rows.slice(0, mostMatched).map(({ owner }) => owner as Owner))],
  partial: partial || rows.length > mostMatched,
})

/**
 * Finds what has words of all given beginnings.
 *
 * @param another the same table under the name `another`, for what is asked of each row
 */
export const prefixSearch = <Owner extends string | number>(q: Queries, index: WordIndex, another: WordIndex) => {
  const begins = ({ word, within }: WordIndex, prefix: string) =>
    and(within, gte(word, prefix), lt(word, prefixEnd(prefix)))

  /** In the order of the index, so that it is the one that is read. */
  const places = (prefix: string, limit: number) =>
    q
      .select({ owner: index.owner })
      .from(index.table)
      .where(begins(index, prefix))
      .orderBy(asc(index.word), asc(index.owner))
      .limit(limit)

  /** How many places a word has, as far as it matters. */
  const weigh = async (prefix: string) => {
    const [row] = await q.select({ n: count() }).from(places(prefix, mostLooked + 1).as('places'))
    return { prefix, n: row?.n ?? 0 }
  }

  /** Whether an owner has a word with this beginning; asked of each, whatever a planner thinks of asking all at once. */
  const has = (owner: AnySQLiteColumn | SQL, prefix: string) =>
    sql`(${q
      .select({ word: another.word })
      .from(another.table)
      .where(and(eq(another.owner, owner), gte(another.word, prefix), lt(another.word, prefixEnd(prefix))))
      .limit(1)}) is not null`

  const allPlaces = (prefix: string, at: number) =>
    q
      .select()
      .from(places(prefix, mostLooked).as(`place_${at}`))
      .$dynamic()
  type Places = ReturnType<typeof allPlaces>

  /** Owners with words of all these beginnings: those that rarer words have in common, each asked for the others. */
  const match = async (prefixes: readonly string[]): Promise<Matched<Owner>> => {
    const [only, ...more] = prefixes
    if (only !== undefined && more.length === 0) return matched(await places(only, mostMatched + 1), false)
    const weighed = []
    for (const prefix of prefixes) weighed.push(await weigh(prefix))
    const [rarest, ...others] = weighed.sort((a, b) => a.n - b.n)
    if (!rarest) return { owners: [], partial: false }
    const alike = ({ n }: typeof rarest) => rarest.n > mostMatched && n <= mostLooked
    const first = allPlaces(rarest.prefix, 0)
    const rest = others.filter(alike).map(({ prefix }, at) => allPlaces(prefix, at + 1))
    const asked = others.filter((other) => !alike(other))
    const common = rest.reduce((some, one) => some.intersect(one as never) as unknown as Places, first).as('common')
    const rows = await q
      .select({ owner: common.owner })
      .from(common)
      .where(and(...asked.map(({ prefix }) => has(common.owner, prefix))))
      .limit(mostMatched + 1)
    return matched(rows, rarest.n > mostLooked)
  }

  return { match, has }
}
