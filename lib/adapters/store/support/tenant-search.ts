import { aliasedTable, and, asc, count, desc, eq, exists, gt, gte, isNull, lt, or, sql } from 'drizzle-orm'
import type { AnySQLiteColumn } from 'drizzle-orm/sqlite-core'
import type { ConsoleView } from '#lib/domain/support/console-view.ts'
import { prefixEnd } from '#lib/domain/support/search-words.ts'
import type { Database } from '../engine/database.ts'

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
  const { searchWords: messages, pendingAuthorizations: pending, syncStates } = tables
  const another = aliasedTable(messages, 'another')

  /** In the order of the index, so that it is the one that is read. */
  const places = (prefix: string, limit: number) =>
    q
      .select({ tenantId: messages.tenantId })
      .from(messages)
      .where(and(gte(messages.word, prefix), lt(messages.word, prefixEnd(prefix))))
      .orderBy(asc(messages.word), asc(messages.tenantId))
      .limit(limit)

  /** How many places a word has, as far as it matters. */
  const weigh = async (prefix: string) => {
    const [row] = await q.select({ n: count() }).from(places(prefix, mostLooked + 1).as('places'))
    return { prefix, n: row?.n ?? 0 }
  }

  /** Whether a tenant has a word with this beginning; asked of each, whatever a planner thinks of asking all at once. */
  const has = (tenantId: AnySQLiteColumn, prefix: string) =>
    sql`(${q
      .select({ word: another.word })
      .from(another)
      .where(and(eq(another.tenantId, tenantId), gte(another.word, prefix), lt(another.word, prefixEnd(prefix))))
      .limit(1)}) is not null`

  const allPlaces = (prefix: string, at: number) =>
    q
      .select()
      .from(places(prefix, mostLooked).as(`place_${at}`))
      .$dynamic()
  type Places = ReturnType<typeof allPlaces>

  /** Tenants with words of all these beginnings: those that rarer words have in common, each asked for the others. */
  const byWords = async (prefixes: readonly string[]): Promise<Matched> => {
    const [only, ...more] = prefixes
    if (only !== undefined && more.length === 0) return matched(await places(only, mostMatched + 1), false)
    const weighed = []
    for (const prefix of prefixes) weighed.push(await weigh(prefix))
    const [rarest, ...others] = weighed.sort((a, b) => a.n - b.n)
    if (!rarest) return { tenantIds: [], partial: false }
    const alike = ({ n }: typeof rarest) => rarest.n > mostMatched && n <= mostLooked
    const first = allPlaces(rarest.prefix, 0)
    const rest = others.filter(alike).map(({ prefix }, at) => allPlaces(prefix, at + 1))
    const asked = others.filter((other) => !alike(other))
    const common = rest.reduce((some, one) => some.intersect(one as never) as unknown as Places, first).as('common')
    const rows = await q
      .select({ tenantId: common.tenantId })
      .from(common)
      .where(and(...asked.map(({ prefix }) => has(common.tenantId, prefix))))
      .limit(mostMatched + 1)
    return matched(rows, rarest.n > mostLooked)
  }

  const stands = ({ standing, lateBefore }: NonNullable<ConsoleView['copy']>) =>
    standing === 'incomplete'
      ? or(isNull(syncStates.completeAt), isNull(syncStates.provenAt))
      : and(lt(syncStates.completeAt, lateBefore), isNull(syncStates.stoppedAt))

  /** Tenants with a copy of a list that stands so. */
  const byCopy = async (copy: NonNullable<ConsoleView['copy']>, prefixes: readonly string[]): Promise<Matched> =>
    matched(
      await q
        .select({ tenantId: syncStates.tenantId })
        .from(syncStates)
        .where(and(stands(copy), ...prefixes.map((prefix) => has(syncStates.tenantId, prefix))))
        .groupBy(syncStates.tenantId)
        .limit(mostMatched + 1),
      false,
    )

  /** Tenants with an authorization that failed since then, the latest first. */
  const byFailure = async (since: Date, prefixes: readonly string[], copy: ConsoleView['copy']): Promise<Matched> =>
    matched(
      await q
        .select({ tenantId: pending.tenantId })
        .from(pending)
        .where(
          and(
            eq(pending.step, 'failed'),
            gt(pending.steppedAt, since),
            ...prefixes.map((prefix) => has(pending.tenantId, prefix)),
            ...(copy
              ? [
                  exists(
                    q
                      .select({ id: syncStates.id })
                      .from(syncStates)
                      .where(and(eq(syncStates.tenantId, pending.tenantId), stands(copy))),
                  ),
                ]
              : []),
          ),
        )
        .orderBy(desc(pending.steppedAt))
        .limit(mostMatched + 1),
      false,
    )

  /** @returns null when nothing was looked for: then every tenant matches. */
  const match = async ({ prefixes, failedSince, copy }: Pick<ConsoleView, 'prefixes' | 'failedSince' | 'copy'>) => {
    if (failedSince !== null) return byFailure(failedSince, prefixes, copy)
    if (copy) return byCopy(copy, prefixes)
    return prefixes.length === 0 ? null : byWords(prefixes)
  }

  return { match }
}
