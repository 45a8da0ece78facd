import { describe, expect } from 'vitest'
import { store as storeOf } from '#lib/adapters/store/store.ts'
import type { ProviderId } from '#lib/domain/connections/provider.ts'
import type { ConsoleSort, ConsoleView, Urgency } from '#lib/domain/support/console-view.ts'
import { analyse, fillTenants } from '#lib/testing/database/bulk-tenants.ts'
import { dialects } from '#lib/testing/database/fresh-database.ts'
import { explain, type Sent, watchStatements } from '#lib/testing/database/statements.ts'

const now = new Date()
const minutesAgo = (minutes: number) => new Date(now.getTime() - minutes * 60_000)

const everything: ConsoleView = {
  ...{ prefixes: [], urgency: null, provider: null, failedSince: null },
  sort: { by: 'urgency', descending: false },
}
const searches: Partial<ConsoleView>[] = [{}, { prefixes: ['name77', 'cl'] }, { failedSince: minutesAgo(5) }]
const urgencies: (Urgency | null)[] = [null, 'reconnect_required', 'connected']
const providers: (ProviderId | null)[] = [null, 'teamleader']
const sorts: ConsoleSort[] = (['urgency', 'name'] as const).flatMap((by) =>
  [false, true].map((descending) => ({ by, descending })),
)

const combined: ConsoleView[] = searches.flatMap((search) =>
  urgencies.flatMap((urgency) =>
    providers.flatMap((provider) => sorts.map((sort) => ({ ...everything, ...search, urgency, provider, sort }))),
  ),
)

/** Found in half of the tenants and more. */
const broad: ConsoleView[] = [
  { ...everything, prefixes: ['c'] },
  { ...everything, prefixes: ['client', 'name'], urgency: 'degraded' },
  { ...everything, prefixes: ['name'], failedSince: minutesAgo(400) },
]

/** A table read from one end to the other. */
const scan =
  /\bSeq Scan on |^SCAN (tenants|search_words|another|connections|token_sets|pending_authorizations)\b(?!.* INDEX )/m
/** Rows put in order after all were read; a bitmap tells that PostgreSQL expects a handful. */
const sorted = /USE TEMP B-TREE|\bSort\b(?![\s\S]*Bitmap)/

describe.each(dialects)('twenty thousand tenants on $dialect', ({ test }) => {
  test('are searched, filtered and sorted by index, whatever support asks', { timeout: 120_000 }, async ({
    db,
    url,
  }) => {
    await fillTenants(db, 20_000, now)
    await analyse(db)
    const sent: Sent[] = []
    const { list } = storeOf(watchStatements(db, (statement) => void sent.push(statement))).console

    for (const view of combined) {
      const { rows, partial } = await list(view, null, 26)
      expect(partial).toBe(false)
      const place = rows[1]?.place
      if (!place) continue
      expect((await list(view, { place, backward: false }, 1)).rows).toEqual(rows.slice(2, 3))
      expect((await list(view, { place, backward: true }, 26)).rows).toEqual(rows.slice(0, 1))
    }
    // two words of a thousand tenants and more
    const common = await list({ ...everything, prefixes: ['name1', '11'] }, null, 26)
    expect(common).toMatchObject({ rows: { length: 26 }, partial: false })
    for (const view of broad) expect(await list(view, null, 26)).toMatchObject({ partial: true })

    const distinct = new Map(sent.map((statement) => [`${statement.sql} ${statement.params.length}`, statement]))
    const plans = await Promise.all([...distinct.values()].map((statement) => explain(url, statement, {})))
    expect(plans.length).toBeGreaterThanOrEqual(45)
    expect(plans.filter((plan) => scan.test(plan))).toEqual([])
    // words in common are merged in order; there are ten thousand of them at most
    expect(plans.filter((plan) => sorted.test(plan) && !/search_words/.test(plan))).toEqual([])
  })
})
