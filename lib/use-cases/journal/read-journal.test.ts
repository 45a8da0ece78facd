import { randomUUID } from 'node:crypto'
import { afterAll, beforeAll, expect, test } from 'vitest'
import type { Database } from '#lib/adapters/store/engine/database.ts'
import { openDatabase } from '#lib/adapters/store/engine/open-database.ts'
import { store as openStore } from '#lib/adapters/store/store.ts'
import type { TenantId } from '#lib/domain/accounts/tenant.ts'
import { type JournalFilter, type JournalPlace, wholeJournal } from '#lib/domain/journal/journal-view.ts'
import { plus } from '#lib/testing/database/fixtures.ts'
import { readJournal } from './read-journal.ts'

let db: Database
beforeAll(async () => {
  db = await openDatabase('file::memory:')
})
afterAll(() => db.close())

const failed: JournalFilter = { ...wholeJournal, outcome: 'failed' }

/** One entry in ten failed; several fall on the same instant. */
const fill = async (length: number) => {
  const tenantId = randomUUID() as TenantId
  const rows = Array.from({ length }, (_, index) => ({
    ...{ id: randomUUID(), tenantId, connectionId: null, actor: 'system' as const, detail: {} },
    ...{ event: 'token.refreshed' as const, at: plus(Math.floor(index / 4) * 1000) },
    outcome: index % 10 === 0 ? ('provider_unavailable' as const) : ('ok' as const),
  }))
  await db.q.insert(db.tables.journal).values(rows)
  return { tenantId, failures: rows.filter(({ outcome }) => outcome !== 'ok').map(({ id }) => id) }
}

const readAll = async (tenantId: TenantId, filter: JournalFilter, most: number, limit: number) => {
  const read = readJournal({ store: openStore({ ...db, webhookEnabled: false }) }, most)
  const ids: string[] = []
  const partial: boolean[] = []
  let after: JournalPlace | null = null
  do {
    const page = await read(tenantId, filter, after, limit)
    ids.push(...page.lines.map(({ id }) => id))
    partial.push(page.partial !== null)
    expect(page.partial === null || page.partial === most).toBe(true)
    after = page.older
  } while (after)
  return { ids, partial }
}

test.each([
  [37, 50],
  [40, 3],
  [5, 50],
  [1000, 7],
])('what a filter wants is found whole, looking through %i at a time, %i a page', async (most, limit) => {
  const { tenantId, failures } = await fill(200)
  const { ids, partial } = await readAll(tenantId, failed, most, limit)
  expect(new Set(ids).size).toBe(ids.length)
  expect([...ids].sort()).toEqual([...failures].sort())
  // the end is the end
  expect(partial.at(-1)).toBe(false)
})

test('a page says when what lies behind it was not looked through', async () => {
  const { tenantId } = await fill(200)
  expect((await readAll(tenantId, failed, 50, 20)).partial.slice(0, 3)).toEqual([true, true, true])
  expect((await readAll(tenantId, failed, 500, 50)).partial).toEqual([false])
  // whatever is not passed over needs no bound
  expect((await readAll(tenantId, wholeJournal, 50, 150)).partial).toEqual([false, false])
  const from = plus(45_000)
  expect((await readAll(tenantId, { ...failed, from }, 50, 20)).partial).toEqual([false])
})
