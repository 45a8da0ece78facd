import { describe, expect } from 'vitest'
import type { Database } from '#lib/adapters/store/engine/database.ts'
import { store as storeOf } from '#lib/adapters/store/store.ts'
import type { TenantId } from '#lib/domain/accounts/tenant.ts'
import { behind, type Deleted, deletedChoices } from '#lib/domain/sync/feed/feed-position.ts'
import type { Store } from '#lib/ports/deps.ts'
import { dialects } from '#lib/testing/database/fresh-database.ts'
import { explain, type Sent, watchStatements } from '#lib/testing/database/statements.ts'
import { addCopy, fillCopy } from '#lib/testing/sync/filled-copy.ts'

const list = 'companies'
const dayMs = 86_400_000

interface Told {
  id: string
  change: number
  deleted_at: string | null
}

const parse = (bytes: Uint8Array) => JSON.parse(`[${Buffer.from(bytes)}]`) as Told[]

/** Reads to the end, in pages. */
const follow = async (store: Store, tenantId: TenantId, limit: number, deleted: Deleted = 'include') => {
  const head = await store.sync.feedHead(tenantId, list)
  const pages: Told[][] = []
  let from = behind(0)
  for (let more = true; more; ) {
    const range = { from, upTo: head?.change ?? 0, limit, deleted, separator: ',' }
    const page = await store.sync.feedPage({ tenantId, list }, range)
    pages.push(parse(page.bytes))
    ;({ to: from, more } = page)
  }
  return { pages, from }
}

const analyse = ({ q }: Database) =>
  (q as unknown as { run?(s: unknown): unknown; execute?(s: unknown): unknown })['execute' in q ? 'execute' : 'run']?.(
    'ANALYZE' as unknown,
  )

describe.each(dialects)('the changes of a list on $dialect', ({ test }) => {
  test('come by change number, in pages of the size that was asked for', async ({ db, store }) => {
    const tenantId = await addCopy(db, { list })
    await addCopy(db, { list })
    await fillCopy(db, tenantId, { list, records: 250, perChange: 100, deleted: 10 })
    for (const limit of [1, 7, 100, 125, 249, 250, 251, 500]) {
      const { pages } = await follow(store, tenantId, limit)
      const all = pages.flat()
      expect(new Set(all.map(({ id }) => id)).size).toBe(250)
      expect(all.map(({ change }) => change)).toEqual(all.map(({ change }) => change).sort((a, b) => a - b))
      expect(pages.every(({ length }, index) => length === (index < pages.length - 1 ? limit : length))).toBe(true)
      expect(pages.at(-1)?.length).toBeGreaterThan(0)
    }
  })

  test('are records as they were sent, or tombstones without any of it', async ({ db, store }) => {
    const tenantId = await addCopy(db, { list })
    await fillCopy(db, tenantId, { list, records: 30, perChange: 10, deleted: 5 })
    const told = Object.fromEntries(
      await Promise.all(
        deletedChoices.map(async (deleted) => [deleted, (await follow(store, tenantId, 10, deleted)).pages.flat()]),
      ),
    )
    expect([told.include.length, told.exclude.length, told.only.length]).toEqual([30, 25, 5])
    const at = '2026-11-22T12:00:00.123Z'
    const living = { kind: list, changed_at: at, deleted_at: null, data: { name: 'Dupont « & » "Fils" \\ 0' } }
    expect(told.exclude[0]).toMatchObject({ ...living, id: 'id "0"', web_url: 'https://focus.teamleader.eu/0' })
    expect(told.only.every((one: Told) => one.deleted_at === at && 'data' in one && one.data === null)).toBe(true)
    const one = await store.sync.feedRecord({ tenantId, list }, 'id "0"')
    expect(JSON.parse(one ?? '')).toEqual(told.exclude[0])
    expect(await store.sync.feedRecord({ tenantId, list }, 'nobody')).toBeNull()
    const other = await addCopy(db, { list })
    expect(await store.sync.feedRecord({ tenantId: other, list }, 'id "0"')).toBeNull()
  })

  test('are found by the instant they were made', async ({ db, store }) => {
    const tenantId = await addCopy(db, { list })
    await fillCopy(db, tenantId, { list, records: 500, perChange: 10, deleted: 0, everyMs: 1_000 })
    const at = (change: number) => new Date(Date.parse('2026-11-22T12:00:00.123Z') + change * 1_000)
    for (const change of [1, 2, 17, 49, 50])
      expect(await store.sync.changeBefore({ tenantId, list }, at(change), 50)).toBe(change - 1)
    expect(await store.sync.changeBefore({ tenantId, list }, at(1_000), 50)).toBe(50)
    expect(await store.sync.changeBefore({ tenantId, list }, at(-1_000), 50)).toBe(0)
  })

  test('are forgotten with their tombstones, and how far is noted', async ({ db, store }) => {
    const tenantId = await addCopy(db, { list })
    await fillCopy(db, tenantId, { list, records: 30, perChange: 10, deleted: 5 })
    const deletedAt = Date.parse('2026-11-22T12:00:00.123Z')
    expect(await store.sync.forgetTombstones(new Date(deletedAt), 3)).toBe(false)
    expect(await store.sync.feedHead(tenantId, list)).toMatchObject({ forgottenChange: 0 })
    expect(await store.sync.forgetTombstones(new Date(deletedAt + dayMs), 3)).toBe(true)
    expect(await store.sync.forgetTombstones(new Date(deletedAt + dayMs), 3)).toBe(false)
    expect((await follow(store, tenantId, 100, 'only')).pages.flat()).toEqual([])
    expect((await follow(store, tenantId, 100)).pages.flat()).toHaveLength(25)
    expect(await store.sync.feedHead(tenantId, list)).toMatchObject({ forgottenChange: 3, change: 3 })
  })

  test('are read by index, a page at a time', { timeout: 60_000 }, async ({ db, url }) => {
    const tenantId = await addCopy(db, { list })
    await fillCopy(db, tenantId, { list, records: 20_000, perChange: 100, deleted: 200 })
    // beside tombstones of others: without, all of them are read as fast as the tenant's
    const other = await addCopy(db, { list })
    await fillCopy(db, other, { list, records: 5_000, perChange: 100, deleted: 5_000 })
    await analyse(db)
    const sent: Sent[] = []
    const store = storeOf(watchStatements(db, (statement) => void sent.push(statement)))
    for (const deleted of deletedChoices)
      await store.sync.feedPage(
        { tenantId, list },
        { from: behind(150), upTo: 200, limit: 100, deleted, separator: ',' },
      )
    await store.sync.feedHead(tenantId, list)
    await store.sync.changeBefore({ tenantId, list }, new Date(), 200)
    await store.sync.feedRecord({ tenantId, list }, 'id')
    const given = {
      ...{ tenantId, list, id: 'id', change: 150, record: 1, upTo: 200, skip: 99, limit: 100, epochChange: 0 },
      ...{ toChange: 151, toRecord: 9_007_199_254_740_991 },
    }
    const plans = await Promise.all(sent.map((statement) => explain(url, statement, given)))
    expect(plans.length).toBeGreaterThanOrEqual(9)
    expect(plans.filter((plan) => /Seq Scan on "?companies|^SCAN (companies|sync_states)/m.test(plan))).toEqual([])
    const ends = plans.filter((_, index) => /limit .* offset/is.test(sent[index]?.sql ?? ''))
    // in the order of the index: nothing is sorted
    expect(ends.length).toBeGreaterThanOrEqual(3)
    expect(ends.filter((plan) => /companies_tenant_(change|deleted)/.test(plan))).toHaveLength(ends.length)
    expect(ends.filter((plan) => /\bSort\b|TEMP B-TREE/.test(plan))).toEqual([])
  })
})
