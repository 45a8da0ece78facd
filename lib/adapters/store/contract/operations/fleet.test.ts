import { describe, expect } from 'vitest'
import { store as storeOf } from '#lib/adapters/store/store.ts'
import { firstCheckpoint } from '#lib/domain/sync/checkpoint.ts'
import { listIds } from '#lib/domain/sync/list.ts'
import { syncedLists } from '#lib/domain/sync/synced-lists.ts'
import { insertBulkRows, newBulkRow } from '#lib/testing/database/bulk-connections.ts'
import { analyse } from '#lib/testing/database/bulk-tenants.ts'
import { dialects } from '#lib/testing/database/fresh-database.ts'
import { explain, type Sent, watchStatements } from '#lib/testing/database/statements.ts'
import { createConnectedTenant, setTimes } from '#lib/testing/database/token-fixtures.ts'

const minute = 60_000

describe.each(dialects)('the fleet on $dialect', ({ test }) => {
  test('is told as it stands', async ({ store, db }) => {
    const now = new Date()
    const empty = await store.fleet.measure(listIds, now)
    expect(empty).toMatchObject({ connections: [], openBreakers: [], queueDelaysMs: { refresh: 0, sync: 0 } })
    expect(empty.lists).toContainEqual({ list: 'companies', lagMs: null, proofAgeMs: null })

    const { id } = await createConnectedTenant(store)
    await setTimes(db, id, { refreshDueAt: -5 * minute })
    await store.sync.adopt([syncedLists.companies], firstCheckpoint(now.getTime()), now)
    const { syncStates, outages } = db.tables
    await db.q.update(syncStates).set({
      completeAt: db.time.plus(-10 * minute, now),
      provenAt: db.time.plus(-20 * minute, now),
    })
    await db.q.insert(outages).values({ provider: 'teo', kind: 'no_answer', since: now, nextProbeAt: now })
    const measured = await store.fleet.measure(listIds, now)
    expect(measured.connections).toEqual([{ provider: 'teamleader', state: 'connected', count: 1 }])
    expect(measured.openBreakers).toEqual(['teo'])
    const minutes = (ms: number | null | undefined) => Math.round((ms ?? 0) / minute)
    expect(minutes(measured.queueDelaysMs.refresh)).toBe(5)
    const companies = measured.lists.find(({ list }) => list === 'companies')
    expect([minutes(companies?.lagMs), minutes(companies?.proofAgeMs)]).toEqual([10, 20])
  })

  test('of five thousand connections is read from indexes', { timeout: 120_000 }, async ({ db, url }) => {
    const now = new Date()
    const rows = Array.from({ length: 5_000 }, newBulkRow)
    await insertBulkRows(db, rows, { lifetimeMs: 60 * minute, dueInMs: (index) => index * 100, now })
    await storeOf(db).sync.adopt([syncedLists.companies], firstCheckpoint(now.getTime()), now)
    await analyse(db)
    const sent: Sent[] = []
    await storeOf(watchStatements(db, (statement) => void sent.push(statement))).fleet.measure(listIds, now)
    const plans = await Promise.all(sent.map((statement) => explain(url, statement, {})))
    // SQLite reads a covering index, PostgreSQL one whose pages it has vacuumed
    const scan =
      /Seq Scan on "?(token_sets|sync_states)|^SCAN (?!.*USING (COVERING )?INDEX)(connections|token_sets|sync_states)/m
    expect(plans.length).toBeGreaterThanOrEqual(10)
    expect(plans.filter((plan) => scan.test(plan))).toEqual([])
  })
})
