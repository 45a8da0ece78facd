import { randomUUID } from 'node:crypto'
import { describe, expect } from 'vitest'
import type { Database } from '#lib/adapters/store/engine/database.ts'
import { store as storeOf } from '#lib/adapters/store/store.ts'
import type { TenantId } from '#lib/domain/accounts/tenant.ts'
import type { ListId } from '#lib/domain/sync/list.ts'
import { noTally } from '#lib/domain/sync/tally.ts'
import { analyse } from '#lib/testing/database/bulk-tenants.ts'
import { createTenant } from '#lib/testing/database/fixtures.ts'
import { dialects } from '#lib/testing/database/fresh-database.ts'
import { explain, type Sent, watchStatements } from '#lib/testing/database/statements.ts'

const noon = new Date('2026-11-22T11:00:00Z')
const minutesAfter = (minutes: number) => new Date(noon.getTime() + minutes * 60_000)

const addRun = ({ q, tables }: Database, tenantId: TenantId, list: ListId, minute: number, by: string | null) =>
  q.insert(tables.syncRuns).values({
    ...{ id: randomUUID(), tenantId, list, kind: 'incremental', requestedBy: by, outcome: 'ok' },
    ...{ startedAt: minutesAfter(minute), finishedAt: minutesAfter(minute + 1), tally: { ...noTally, added: minute } },
  })

const record = (tenantId: TenantId, id: string) => ({
  ...{ tenantId, providerId: id, name: `Nom ${id}`, sortName: `nom ${id}`, status: null, body: {}, digest: id },
  ...{ change: 1, changedAt: noon, addedAt: noon, updatedAt: noon },
})

describe.each(dialects)('runs that are over on $dialect', ({ test }) => {
  test('are told newest first, over all lists of one tenant, with who asked', async ({ db, store }) => {
    const [ours, theirs] = [await createTenant(store), await createTenant(store, 'Ailleurs SRL')]
    await addRun(db, ours.tenantId, 'companies', 1, null)
    await addRun(db, ours.tenantId, 'contacts', 3, ours.userId)
    await addRun(db, ours.tenantId, 'companies', 2, null)
    await addRun(db, theirs.tenantId, 'companies', 4, theirs.userId)
    const told = await store.sync.history(ours.tenantId, 2)
    expect(told.map(({ list, tally }) => [list, tally.added])).toEqual([
      ['contacts', 3],
      ['companies', 2],
    ])
    expect(told.map(({ by }) => by === null)).toEqual([false, true])
  })
})

describe.each(dialects)('records that stand apart on $dialect', ({ test }) => {
  test('are named with the reason; deleted ones, those of others and undated ones of a whole list are not', async ({
    db: { q, tables },
    store,
  }) => {
    const [ours, theirs] = [await createTenant(store), await createTenant(store, 'Ailleurs SRL')]
    const of = (id: string) => record(ours.tenantId, id)
    await q
      .insert(tables.contacts)
      .values([
        { ...of('a'), name: '' },
        { ...of('b'), keptAt: noon, missingAt: noon },
        { ...of('c'), updatedAt: null },
        of('d'),
        { ...of('e'), name: '', deletedAt: noon },
        { ...record(theirs.tenantId, 'f'), name: '' },
      ])
    await q.insert(tables.departments).values([{ ...of('g'), updatedAt: null }])
    const { records, count } = await store.sync.odd(ours.tenantId, ['contacts', 'departments'], 20)
    expect(records.map(({ id, oddity }) => [id, oddity])).toEqual([
      ['a', 'nameless'],
      ['b', 'kept'],
      ['c', 'undated'],
    ])
    expect(count).toBe(3)
    const some = await store.sync.odd(ours.tenantId, ['contacts'], 2)
    expect([some.records.length, some.count]).toEqual([2, 3])
  })

  test('are found by index among many', { timeout: 60_000 }, async ({ db, store, url }) => {
    const { tenantId } = await createTenant(store)
    for (let from = 0; from < 10_000; from += 500)
      await db.q
        .insert(db.tables.contacts)
        .values(Array.from({ length: 500 }, (_, index) => record(tenantId, String(from + index))))
    await analyse(db)
    const sent: Sent[] = []
    await storeOf(watchStatements(db, (statement) => void sent.push(statement))).sync.odd(tenantId, ['contacts'], 20)
    const asked = sent.filter(({ sql }) => sql.includes('"contacts"'))
    for (const statement of asked) expect(await explain(url, statement, {})).toContain('contacts_tenant_odd')
    expect(asked.length).toBeGreaterThan(0)
  })
})
