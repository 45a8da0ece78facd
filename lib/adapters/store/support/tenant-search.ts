import { aliasedTable, and, desc, eq, exists, gt, isNull, lt, or } from 'drizzle-orm'
import type { TenantId } from '#lib/domain/accounts/tenant.ts'
import type { ConsoleView } from '#lib/domain/support/console-view.ts'
import type { Database } from '../engine/database.ts'
import { type Matched, matched, mostMatched, prefixSearch } from './prefix-search.ts'

export const tenantSearch = ({ q, tables }: Database) => {
  const { searchWords, pendingAuthorizations: pending, syncStates } = tables
  const another = aliasedTable(searchWords, 'another')
  const words = prefixSearch<TenantId>(
    q,
    { table: searchWords, word: searchWords.word, owner: searchWords.tenantId },
    { table: another, word: another.word, owner: another.tenantId },
  )

  const stands = ({ status, lateBefore }: NonNullable<ConsoleView['copy']>) =>
    status === 'incomplete'
      ? or(isNull(syncStates.completeAt), isNull(syncStates.provenAt))
      : and(lt(syncStates.completeAt, lateBefore), isNull(syncStates.stoppedAt))

  /** Tenants with a copy of a list that stands so. */
  const byCopy = async (
    copy: NonNullable<ConsoleView['copy']>,
    prefixes: readonly string[],
  ): Promise<Matched<TenantId>> =>
    matched(
      await q
        .select({ owner: syncStates.tenantId })
        .from(syncStates)
        .where(and(stands(copy), ...prefixes.map((prefix) => words.has(syncStates.tenantId, prefix))))
        .groupBy(syncStates.tenantId)
        .limit(mostMatched + 1),
      false,
    )

  /** Tenants with an authorization that failed since then, the latest first. */
  const byFailure = async (
    since: Date,
    prefixes: readonly string[],
    copy: ConsoleView['copy'],
  ): Promise<Matched<TenantId>> =>
    matched(
      await q
        .select({ owner: pending.tenantId })
        .from(pending)
        .where(
          and(
            eq(pending.step, 'failed'),
            gt(pending.steppedAt, since),
            ...prefixes.map((prefix) => words.has(pending.tenantId, prefix)),
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
    return prefixes.length === 0 ? null : words.match(prefixes)
  }

  return { match }
}
