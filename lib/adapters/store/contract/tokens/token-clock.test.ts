import { describe, expect } from 'vitest'
import { connected, entryOf } from '#lib/testing/database/fixtures.ts'
import { dialects } from '#lib/testing/database/fresh-database.ts'
import {
  createConnectedTenant,
  fresh,
  read,
  setRow,
  storeFresh,
  takeLeaseOf,
} from '#lib/testing/database/token-fixtures.ts'

const minute = 60_000
const wrong = (minutes: number) => new Date(Date.now() + minutes * minute)

const [, postgres] = dialects

describe('times on PostgreSQL', () => {
  const { test } = postgres

  test.for([10, -10])('are the database’s, though the host is %i minutes off', async (off, { db, store }) => {
    const { fixture, id } = await createConnectedTenant(store)
    const { tokens, outages, incidents } = store
    const near = (at: Date | null) => Math.abs((at?.getTime() ?? 0) - Date.now())

    expect(await tokens.takeLease(id, 'honest', minute, new Date())).toBe(true)
    expect(await tokens.takeLease(id, 'hasty', minute, wrong(off))).toBe(false)
    await tokens.dropLease(id, 'honest')
    expect(await tokens.takeLease(id, 'off', minute, wrong(off))).toBe(true)
    expect(near((await setRow(db, id)).leaseUntil)).toBeLessThan(2 * minute)
    expect(await tokens.takeLease(id, 'honest', minute, new Date())).toBe(false)

    const tokenSet = await read(store, id)
    const now = wrong(off)
    await tokens.openIntent({ tokenSet, owner: 'off' }, 'print', now)
    expect(near((await setRow(db, id)).intentAt)).toBeLessThan(minute)
    expect((await tokens.readSet(id, now))?.msLeft).toBeGreaterThan(3_500_000)
    const after = { authStatus: 'Success', call: 'ok' as const, entries: [], recovered: null, now }
    const status = { ...connected, lastSuccessAt: now }
    await tokens.storeFresh({ tokenSet, owner: 'off' }, fresh(2, { refreshInMs: 5 * minute }), { ...after, status })
    expect(near((await setRow(db, id)).expiresAt)).toBeGreaterThan(59 * minute)
    expect(near((await setRow(db, id)).expiresAt)).toBeLessThan(61 * minute)
    expect(await tokens.claimDue('teamleader', 10, 60_000, wrong(off))).toEqual([])
    expect((await read(store, id)).msLeft).toBeGreaterThan(3_500_000)

    await tokens.touch(await read(store, id), null, now)
    expect((await read(store, id)).msUnused).toBeLessThan(minute)
    expect(await tokens.claimReport(await read(store, id), 'test', 5 * minute, now)).toBe(true)
    expect(await tokens.claimReport(await read(store, id), 'test', 5 * minute, new Date())).toBe(false)
    await tokens.queueInterrupted(now)
    expect(await tokens.claimDue('teamleader', 10, 60_000, now)).toEqual([])
    expect(await incidents.openOverdue(15 * minute, wrong(70))).toBe(0)

    await outages.open('teamleader', 'no_answer', minute, entryOf('outage.opened', { at: now }))
    expect(await outages.claimProbe('teamleader', minute, wrong(off))).toBe(false)
    expect(await outages.tally('teamleader', 5 * minute, wrong(off))).toMatchObject({ calls: 1 })
    expect(fixture.tenantId).toBe((await read(store, id)).tenantId)
  })

  test('a lease taken by a host that is late is not stolen by one that is early', async ({ store }) => {
    const { id } = await createConnectedTenant(store)
    expect(await store.tokens.takeLease(id, 'late', minute, wrong(-10))).toBe(true)
    expect(await store.tokens.takeLease(id, 'early', minute, wrong(10))).toBe(false)
    const tokenSet = await read(store, id)
    expect(await store.tokens.openIntent({ tokenSet, owner: 'late' }, 'print', wrong(-10))).toBe(true)
  })

  test('what a pair was stored with by a host that is early is read alike by one that is late', async ({ store }) => {
    const { id } = await createConnectedTenant(store)
    await storeFresh(store, await takeLeaseOf(store, id))
    const [early, late] = [await store.tokens.readSet(id, wrong(10)), await store.tokens.readSet(id, wrong(-10))]
    expect(Math.abs((early?.msLeft ?? 0) - (late?.msLeft ?? minute))).toBeLessThan(minute / 2)
  })
})
