import { aliasedTable, and, asc, count, desc, eq, gt, gte, lt, sql } from 'drizzle-orm'
import type { AnySQLiteColumn } from 'drizzle-orm/sqlite-core'
import type { ConsoleView } from '#lib/domain/console-view.ts'
import { prefixEnd } from '#lib/domain/search-words.ts'
import type { Database } from './database.ts'

/** More tenants than this are not put in order: somebody who typed so little means to type more. */
const mostMatched = 1_000
/** Of a word that is found more often than this, not every place is looked at. */
const mostLooked = 10_000

interface Matched {
  tenantIds: string[]
  /** There may be more than these. */
  partial: boolean
}

const matched = (rows: { tenantId: string }[], partial: boolean): Matched => ({
  tenantIds: [...new Set(rows.slice(0, mostMatched).map(({ tenantId }) => tenantId))],
  partial: partial || rows.length > mostMatched,
})

export const tenantSearch = ({ q, tables }: Database) => {
  const { searchWords: words, pendingAuthorizations: pending } = tables
  const others = aliasedTable(words, 'others')

  /** In the order of the index, so that it is the one that is read. */
  const places = (prefix: string, limit: number) =>
    q
      .select({ tenantId: words.tenantId })
      .from(words)
      .where(and(gte(words.word, prefix), lt(words.word, prefixEnd(prefix))))
      .orderBy(asc(words.word), asc(words.tenantId))
      .limit(limit)

  const isBroad = async (prefix: string) => {
    const [row] = await q.select({ n: count() }).from(places(prefix, mostLooked + 1).as('places'))
    return (row?.n ?? 0) > mostLooked
  }

  /** Whether a tenant has a word with this beginning; asked of each, whatever a planner thinks of asking all at once. */
  const has = (tenantId: AnySQLiteColumn, prefix: string) =>
    sql`(${q
      .select({ word: others.word })
      .from(others)
      .where(and(eq(others.tenantId, tenantId), gte(others.word, prefix), lt(others.word, prefixEnd(prefix))))
      .limit(1)}) is not null`

  const allPlaces = (prefix: string, at: number) =>
    q
      .select()
      .from(places(prefix, mostLooked).as(`place_${at}`))
      .$dynamic()
  type Places = ReturnType<typeof allPlaces>

  /** Tenants with words of all these beginnings: those of the rarer words in common, asked for the broad ones. */
  const byWords = async (prefixes: readonly string[]): Promise<Matched> => {
    const [only, ...more] = prefixes
    if (only !== undefined && more.length === 0) return matched(await places(only, mostMatched + 1), false)
    const rare: string[] = []
    const broad: string[] = []
    for (const prefix of prefixes) ((await isBroad(prefix)) ? broad : rare).push(prefix)
    const listed = rare.length > 0 ? rare : broad.splice(0, 1)
    const [first, ...rest] = listed.map(allPlaces)
    if (!first) return { tenantIds: [], partial: false }
    const common = rest.reduce((some, one) => some.intersect(one as never) as unknown as Places, first).as('common')
    const rows = await q
      .select({ tenantId: common.tenantId })
      .from(common)
      .where(and(...broad.map((prefix) => has(common.tenantId, prefix))))
      .limit(mostMatched + 1)
    return matched(rows, rare.length === 0)
  }

  /** Tenants with an authorization that failed since then, the latest first. */
  const byFailure = async (since: Date, prefixes: readonly string[]): Promise<Matched> =>
    matched(
      await q
        .select({ tenantId: pending.tenantId })
        .from(pending)
        .where(
          and(
            eq(pending.step, 'failed'),
            gt(pending.steppedAt, since),
            ...prefixes.map((prefix) => has(pending.tenantId, prefix)),
          ),
        )
        .orderBy(desc(pending.steppedAt))
        .limit(mostMatched + 1),
      false,
    )

  /** @returns null when nothing was looked for: then every tenant matches. */
  const match = async ({ prefixes, failedSince }: Pick<ConsoleView, 'prefixes' | 'failedSince'>) => {
    if (failedSince !== null) return byFailure(failedSince, prefixes)
    return prefixes.length === 0 ? null : byWords(prefixes)
  }

  return { match }
}
