import { describe, expect } from 'vitest'
import { countWon, entryOf, exchange, noon, plus, race } from '#lib/testing/database/fixtures.ts'
import { dialects } from '#lib/testing/database/fresh-database.ts'
import { createConnectedTenant, eventsOf, read, setRow } from '#lib/testing/database/token-fixtures.ts'

const hour = 3_600_000

describe.each(dialects)('connections from a backup on $dialect', ({ test }) => {
  test('the mark only grows, and is not raised in a database that went back', async ({ store }) => {
    const { findMark, raiseMark } = store.restores
    expect(await findMark()).toBeNull()
    expect(countWon(await race(20, () => raiseMark(null, noon)))).toBe(1)
    expect(countWon(await race(20, () => raiseMark(noon, plus(5))))).toBe(1)
    expect(await raiseMark(noon, noon)).toBe(false)
    expect(await raiseMark(plus(6), plus(10))).toBe(false)
    expect(await findMark()).toEqual(plus(5))
  })

  test('of twenty that see the database behind one acts, and then nobody does', async ({ db, store }) => {
    const { fixture, id } = await createConnectedTenant(store)
    await store.restores.raiseMark(null, noon)
    const quarantine = () => store.restores.quarantine({ restoredAt: noon, behind: plus(hour), now: plus(2 * hour) })
    const counts = await race(20, quarantine)
    expect(counts.filter((count) => count !== null)).toEqual([1])
    expect(await store.restores.findMark()).toEqual(plus(hour))
    expect(await store.restores.countRestored()).toEqual({ count: 1, from: noon })
    expect(await store.restores.listRestored(10)).toEqual([{ tenantId: fixture.tenantId, provider: 'teamleader' }])
    expect(await read(store, id)).toMatchObject({ restoredAt: noon })
    expect((await setRow(db, id)).refreshDueAt).toBeNull()
    expect((await eventsOf(db)).filter((event) => event === 'connection.quarantined')).toHaveLength(1)
  })

  test('who was never connected, or waits for an answer, is not flagged; the candidate is forgotten', async ({
    db,
    store,
  }) => {
    const [one, other] = [await createConnectedTenant(store), await createConnectedTenant(store)]
    await exchange(store, other.fixture)
    expect(await store.restores.quarantine({ restoredAt: noon, behind: null, now: plus(hour) })).toBe(2)
    const record = await store.authorizations.find(other.fixture.tenantId, 'teamleader')
    expect(record).toMatchObject({ candidate: null, tokenSet: { id: other.id }, restoredAt: noon })
    const rows = await db.q.select({ id: db.tables.tokenSets.id }).from(db.tables.tokenSets)
    expect(rows.map(({ id }) => id).sort()).toEqual([one.id, other.id].sort())
    expect((await eventsOf(db)).filter((event) => event === 'candidate.forgotten')).toHaveLength(1)
    // the first backup stays what they came from
    expect(await store.restores.quarantine({ restoredAt: plus(hour), behind: null, now: plus(hour) })).toBe(2)
    expect(await store.restores.countRestored()).toEqual({ count: 2, from: noon })
  })

  test('the flag is taken away by one of twenty, with the intent that names a later refusal', async ({ db, store }) => {
    const { fixture, id } = await createConnectedTenant(store)
    await store.restores.quarantine({ restoredAt: noon, behind: null, now: noon })
    const at = { tenantId: fixture.tenantId, connectionId: fixture.connectionId, tokenSetId: id, restoredAt: noon }
    const entry = entryOf('connection.resumed', { tenantId: fixture.tenantId, at: new Date() })
    expect(await store.restores.resume({ ...at, restoredAt: plus(1) }, { fingerprint: 'f', due: true }, entry)).toBe(
      false,
    )
    const resumed = await race(20, () => store.restores.resume(at, { fingerprint: 'f', due: true }, entry))
    expect(countWon(resumed)).toBe(1)
    expect(await setRow(db, id)).toMatchObject({ intentFingerprint: 'f', refreshDueAt: expect.any(Date) })
    expect(await store.tokens.claimDue('teamleader', 10, 60_000, plus(60_000, new Date()))).toEqual([
      { tokenSetId: id },
    ])
    expect(await store.restores.listRestored(10)).toEqual([])
  })
})
