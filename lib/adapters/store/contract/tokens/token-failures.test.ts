import { describe, expect } from 'vitest'
import { countWon, exchange, race } from '#lib/testing/database/fixtures.ts'
import { dialects } from '#lib/testing/database/fresh-database.ts'
import {
  createConnectedTenant,
  dead,
  decision,
  eventsOf,
  read,
  setRow,
  setTimes,
  storeFailure,
  storeFresh,
  takeLeaseOf,
} from '#lib/testing/database/token-fixtures.ts'

const now = () => new Date()

describe.each(dialects)('a failed refresh on $dialect', ({ test }) => {
  test('keeps the tokens, frees the lease and plans the next attempt', async ({ db, store }) => {
    const { fixture, id } = await createConnectedTenant(store)
    const lease = await takeLeaseOf(store, id)
    await store.tokens.openIntent(lease, 'print', now())
    expect(await storeFailure(store, lease, decision({}))).toBe(true)
    expect(await setRow(db, id)).toMatchObject({
      ...{ generation: 1, sealedRefreshToken: 'sealed-refresh', leaseOwner: null, intentFingerprint: 'print' },
    })
    const tokenSet = await read(store, id)
    expect(tokenSet.msToNextAttempt).toBeGreaterThan(20_000)
    expect(tokenSet.msToNextAttempt).toBeLessThanOrEqual(30_000)
    expect(await store.authorizations.find(fixture.tenantId, 'teamleader')).toMatchObject({
      status: { state: 'degraded', reason: 'provider_unavailable', attempts: 1 },
    })
    expect(await db.q.select().from(db.tables.tokenCalls)).toMatchObject([{ outcome: 'passing' }])
    expect(await store.incidents.list(fixture.tenantId)).toEqual([])
  })

  test('that nothing was spent by closes its intent', async ({ db, store }) => {
    const { id } = await createConnectedTenant(store)
    const lease = await takeLeaseOf(store, id)
    await store.tokens.openIntent(lease, 'print', now())
    await storeFailure(store, lease, decision({}, { intent: 'close' }))
    expect(await setRow(db, id)).toMatchObject({ intentFingerprint: null, intentAt: null, intentOwner: null })
  })

  test('that is final plans nothing and opens one incident; a success closes it', async ({ db, store }) => {
    const { fixture, id } = await createConnectedTenant(store)
    expect(await storeFailure(store, await takeLeaseOf(store, id), dead)).toBe(true)
    expect(await setRow(db, id)).toMatchObject({ refreshDueAt: null })
    expect(await store.incidents.list(fixture.tenantId)).toMatchObject([{ reason: 'revoked', closedAt: null }])
    await storeFailure(store, await takeLeaseOf(store, id), dead)
    expect(await store.incidents.list(fixture.tenantId)).toHaveLength(1)
    await storeFresh(store, await takeLeaseOf(store, id))
    expect(await store.incidents.list(fixture.tenantId)).toMatchObject([{ closedAt: expect.any(Date) }])
    await storeFailure(store, await takeLeaseOf(store, id), dead)
    const incidents = await store.incidents.list(fixture.tenantId)
    expect(incidents.map(({ closedAt }) => closedAt === null)).toEqual([false, true])
  })

  test('is written by nobody whose lease or version is gone', async ({ db, store }) => {
    const { fixture, id } = await createConnectedTenant(store)
    const slow = await takeLeaseOf(store, id, 'slow')
    await setTimes(db, id, { leaseUntil: -1 })
    const quick = await takeLeaseOf(store, id, 'quick')
    expect(await storeFailure(store, slow, dead)).toBe(false)
    expect(await storeFresh(store, quick)).toBe(true)
    expect(await storeFailure(store, quick, dead)).toBe(false)
    const moved = await takeLeaseOf(store, id, 'slow')
    expect(await storeFailure(store, { ...moved, tokenSet: slow.tokenSet }, dead)).toBe(false)
    const record = await store.authorizations.find(fixture.tenantId, 'teamleader')
    expect(record?.status.state).toBe('connected')
    expect(await eventsOf(db)).not.toContain('token.failed')
    expect(await db.q.select().from(db.tables.tokenCalls)).toHaveLength(1)
  })

  test('is written once, by one of twenty', async ({ db, store }) => {
    const { id } = await createConnectedTenant(store)
    const lease = await takeLeaseOf(store, id)
    expect(countWon(await race(20, () => storeFailure(store, lease, dead)))).toBe(1)
    expect((await eventsOf(db)).filter((event) => event === 'token.failed')).toHaveLength(1)
  })

  test('beside a success of the same holder: one of the two is written, whole', async ({ db, store }) => {
    const { fixture, id } = await createConnectedTenant(store)
    const lease = await takeLeaseOf(store, id)
    const answers = await race(20, (index) => (index % 2 ? storeFailure(store, lease, dead) : storeFresh(store, lease)))
    const events = (await eventsOf(db)).filter((event) => event.startsWith('token.'))
    // a pair that comes after a refusal is newer than what was refused: it may follow, never the other way round
    const followed = ['token.failed', 'token.recovered', 'token.refreshed']
    expect([['token.refreshed'], followed]).toContainEqual(events.sort())
    // that it recovered is written with the pair
    expect(countWon(answers)).toBe(events.includes('token.failed') ? 2 : 1)
    expect((await setRow(db, id)).generation).toBe(2)
    const record = await store.authorizations.find(fixture.tenantId, 'teamleader')
    expect(record?.status.state).toBe('connected')
  })

  test('of a candidate leaves the connection as it stands, without an incident', async ({ db, store }) => {
    const { fixture } = await createConnectedTenant(store)
    const candidate = await exchange(store, fixture)
    const before = await store.authorizations.find(fixture.tenantId, 'teamleader')
    expect(await storeFailure(store, await takeLeaseOf(store, candidate.id), dead)).toBe(true)
    const after = await store.authorizations.find(fixture.tenantId, 'teamleader')
    expect(after?.status).toEqual(before?.status)
    expect(await store.incidents.list(fixture.tenantId)).toEqual([])
    expect(await setRow(db, candidate.id)).toMatchObject({ refreshDueAt: null, leaseOwner: null })
  })

  test('of one tenant touches no row of another', async ({ db, store }) => {
    const [ours, theirs] = [await createConnectedTenant(store), await createConnectedTenant(store)]
    const before = [await setRow(db, theirs.id), await store.authorizations.find(theirs.fixture.tenantId, 'teamleader')]
    await storeFailure(store, await takeLeaseOf(store, ours.id), dead)
    await storeFresh(store, await takeLeaseOf(store, ours.id))
    expect([
      await setRow(db, theirs.id),
      await store.authorizations.find(theirs.fixture.tenantId, 'teamleader'),
    ]).toEqual(before)
    expect(await store.incidents.list(theirs.fixture.tenantId)).toEqual([])
  })
})

describe.each(dialects)('intents that nobody holds on $dialect', ({ test }) => {
  const crashed = async (db: Parameters<typeof setTimes>[0], store: Parameters<typeof createConnectedTenant>[0]) => {
    const { id } = await createConnectedTenant(store)
    const lease = await takeLeaseOf(store, id)
    await store.tokens.openIntent(lease, 'print', now())
    await setTimes(db, id, { leaseUntil: -1 })
    return id
  }

  test('are made due with their lease freed and their fingerprint kept', async ({ db, store }) => {
    const id = await crashed(db, store)
    await store.tokens.queueInterrupted(now())
    expect(await setRow(db, id)).toMatchObject({ leaseOwner: null, leaseUntil: null, intentFingerprint: 'print' })
    expect(await store.tokens.claimDue('teamleader', 10, 60_000, now())).toEqual([{ tokenSetId: id }])
  })

  test('do not include those under way, those settled, nor a lease without an intent', async ({ db, store }) => {
    const [busy, tenant, bare] = [
      await createConnectedTenant(store),
      await createConnectedTenant(store),
      await createConnectedTenant(store),
    ]
    await store.tokens.openIntent(await takeLeaseOf(store, busy.id), 'print', now())
    await storeFresh(store, await takeLeaseOf(store, tenant.id))
    await takeLeaseOf(store, bare.id)
    await setTimes(db, bare.id, { leaseUntil: -1 })
    await store.tokens.queueInterrupted(now())
    expect(await store.tokens.claimDue('teamleader', 10, 60_000, now())).toEqual([])
    expect((await setRow(db, busy.id)).leaseOwner).toBe('owner')
  })
})
