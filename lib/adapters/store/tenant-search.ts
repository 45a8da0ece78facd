import { and, asc, desc, eq, gt, gte, inArray, lt } from 'drizzle-orm'
import type { ConsoleView } from '#lib/domain/console-view.ts'
import { prefixEnd } from '#lib/domain/search-words.ts'
import type { Database } from './database.ts'

/** More tenants than this are not looked at one by one: somebody who typed so little means to type more. */
const mostMatched = 1000

/** A list of ids this long is looked up by index, whatever a planner thinks of longer ones. */
const atOnce = 100

export const chunksOf = <T>(items: readonly T[]): T[][] =>
  Array.from({ length: Math.ceil(items.length / atOnce) }, (_, index) =>
    items.slice(index * atOnce, (index + 1) * atOnce),
  )

interface Matched {
  tenantIds: string[]
  /** More match than these. */
  partial: boolean
}

const matched = (rows: { tenantId: string }[]): Matched => ({
  tenantIds: [...new Set(rows.slice(0, mostMatched).map(({ tenantId }) => tenantId))],
  partial: rows.length > mostMatched,
})

export const tenantSearch = ({ q, tables }: Database) => {
  const { searchWords: words, pendingAuthorizations: pending } = tables
  const inRange = (prefix: string) => and(gte(words.word, prefix), lt(words.word, prefixEnd(prefix)))

  const withWord = async (prefix: string): Promise<Matched> =>
    matched(
      await q
        .select({ tenantId: words.tenantId })
        .from(words)
        .where(inRange(prefix))
        .orderBy(asc(words.word), asc(words.tenantId))
        .limit(mostMatched + 1),
    )

  /** Those of some tenants that a word with this beginning is indexed of. */
  const keepWith = async (tenantIds: string[], prefix: string): Promise<string[]> => {
    const kept = new Set<string>()
    for (const chunk of chunksOf(tenantIds)) {
      const rows = await q
        .select({ tenantId: words.tenantId })
        .from(words)
        .where(and(inArray(words.tenantId, chunk), inRange(prefix)))
      for (const { tenantId } of rows) kept.add(tenantId)
    }
    return tenantIds.filter((tenantId) => kept.has(tenantId))
  }

  /** Tenants with words of all these beginnings: the rarest is looked up, the others among what it found. */
  const byWords = async (prefixes: readonly string[]): Promise<Matched> => {
    const found: (Matched & { prefix: string })[] = []
    for (const prefix of prefixes) found.push({ prefix, ...(await withWord(prefix)) })
    const size = ({ partial, tenantIds }: Matched) => (partial ? mostMatched + 1 : tenantIds.length)
    const [rarest, ...others] = found.sort((a, b) => size(a) - size(b))
    let tenantIds = rarest?.tenantIds ?? []
    for (const { prefix } of others) tenantIds = await keepWith(tenantIds, prefix)
    return { tenantIds, partial: rarest?.partial ?? false }
  }

  /** Tenants with an authorization that failed since then, the latest first. */
  const byFailure = async (since: Date): Promise<Matched> =>
    matched(
      await q
        .select({ tenantId: pending.tenantId })
        .from(pending)
        .where(and(eq(pending.step, 'failed'), gt(pending.steppedAt, since)))
        .orderBy(desc(pending.steppedAt))
        .limit(mostMatched + 1),
    )

  /** @returns null when nothing was looked for: then every tenant matches. */
  const match = async ({ prefixes, failedSince }: Pick<ConsoleView, 'prefixes' | 'failedSince'>) => {
    if (failedSince === null) return prefixes.length === 0 ? null : byWords(prefixes)
    const failed = await byFailure(failedSince)
    for (const prefix of prefixes) failed.tenantIds = await keepWith(failed.tenantIds, prefix)
    return failed
  }

  return { match }
}
