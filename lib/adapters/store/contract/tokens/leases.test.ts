import { describe, expect } from 'vitest'
import { classify } from '#lib/domain/tokens/token-response.ts'
import { countWon, exchange, race } from '#lib/testing/database/fixtures.ts'
import { dialects } from '#lib/testing/database/fresh-database.ts'
import {
  createConnectedTenant,
  eventsOf,
  fresh,
  read,
  setRow,
  setTimes,
  storeFresh,
  takeLeaseOf,
} from '#lib/testing/database/token-fixtures.ts'

const now = () => new Date()

describe.each(dialects)('a lease on $dialect', ({ test }) => {
  test('is taken by one of fifty who ask at once', async ({ store }) => {
    const { id } = await createConnectedTenant(store)
    const answers = await race(50, (index) => store.tokens.takeLease(id, `owner ${index}`, 60_000, now()))
    expect(countWon(answers)).toBe(1)
  })

  test('is taken by one of fifty once it has expired, and not before', async ({ db, store }) => {
    const { id } = await createConnectedTenant(store)
    await takeLeaseOf(store, id)
    const take = (index: number) => store.tokens.takeLease(id, `owner ${index}`, 60_000, now())
    await setTimes(db, id, { leaseUntil: 5_000 })
    expect(countWon(await race(50, take))).toBe(0)
    await setTimes(db, id, { leaseUntil: -1 })
    expect(countWon(await race(50, take))).toBe(1)
  })

  test('is freed by its owner alone', async ({ store }) => {
    const { id } = await createConnectedTenant(store)
    await takeLeaseOf(store, id, 'owner')
    await store.tokens.dropLease(id, 'another')
    expect(await store.tokens.takeLease(id, 'third', 60_000, now())).toBe(false)
    await store.tokens.dropLease(id, 'owner')
    expect(await store.tokens.takeLease(id, 'third', 60_000, now())).toBe(true)
  })

  test('is renewed by its owner alone', async ({ db, store }) => {
    const { id } = await createConnectedTenant(store)
    await takeLeaseOf(store, id, 'owner')
    await setTimes(db, id, { leaseUntil: -1 })
    await store.tokens.renewLease(id, 'another', 60_000, now())
    await store.tokens.renewLease(id, 'owner', 60_000, now())
    expect(await store.tokens.takeLease(id, 'third', 60_000, now())).toBe(false)
    await store.tokens.dropLease(id, 'owner')
    await store.tokens.renewLease(id, 'owner', 60_000, now())
    expect(await store.tokens.takeLease(id, 'third', 60_000, now())).toBe(true)
  })

  test('of one token set leaves others free', async ({ store }) => {
    const [ours, theirs] = [await createConnectedTenant(store), await createConnectedTenant(store)]
    await takeLeaseOf(store, ours.id)
    expect(await store.tokens.takeLease(theirs.id, 'another', 60_000, now())).toBe(true)
  })

  test('lets its holder alone say what is about to be sent, while the version stands', async ({ db, store }) => {
    const { id } = await createConnectedTenant(store)
    const lease = await takeLeaseOf(store, id)
    const { openIntent } = store.tokens
    expect(await openIntent({ ...lease, owner: 'another' }, 'print', now())).toBe(false)
    expect(await openIntent({ ...lease, tokenSet: { ...lease.tokenSet, version: 2 } }, 'print', now())).toBe(false)
    expect((await setRow(db, id)).intentFingerprint).toBeNull()
    expect(await openIntent(lease, 'print', now())).toBe(true)
    expect(await setRow(db, id)).toMatchObject({ intentFingerprint: 'print', intentOwner: 'owner' })
    expect((await read(store, id)).intentFingerprint).toBe('print')
  })

  test('of a stolen token set opens no intent any more', async ({ db, store }) => {
    const { id } = await createConnectedTenant(store)
    const lease = await takeLeaseOf(store, id)
    await setTimes(db, id, { leaseUntil: -1 })
    await takeLeaseOf(store, id, 'thief')
    expect(await store.tokens.openIntent(lease, 'print', now())).toBe(false)
  })
})

describe.each(dialects)('a new pair on $dialect', ({ test }) => {
  test('is stored with its times, settles the intent, frees the lease and is told', async ({ db, store }) => {
    const { fixture, id } = await createConnectedTenant(store)
    const lease = await takeLeaseOf(store, id)
    await store.tokens.openIntent(lease, 'print', now())
    expect(await storeFresh(store, lease)).toBe(true)
    expect(await setRow(db, id)).toMatchObject({
      ...{ generation: 2, sealedAccessToken: 'sealed-access-2', sealedRefreshToken: 'sealed-refresh-2' },
      ...{ leaseOwner: null, leaseUntil: null, intentAt: null, intentOwner: null, intentFingerprint: null },
    })
    const tokenSet = await read(store, id)
    expect(tokenSet.msLeft).toBeGreaterThan(3_590_000)
    expect(tokenSet.msLeft).toBeLessThanOrEqual(3_600_000)
    const record = await store.authorizations.find(fixture.tenantId, 'teamleader')
    expect(record).toMatchObject({ status: { state: 'connected', attempts: 0 }, authStatus: { text: 'Success' } })
    expect(await eventsOf(db)).toContain('token.refreshed')
    expect(await db.q.select().from(db.tables.tokenCalls)).toMatchObject([{ tokenSetId: id, outcome: 'ok' }])
  })

  test('that lives as long as any provider could say is stored', async ({ store }) => {
    const { id } = await createConnectedTenant(store)
    const outcome = classify({
      kind: 'answer',
      status: 200,
      body: JSON.stringify({ access_token: 'a', refresh_token: 'r', expires_in: 366 * 24 * 3600 }),
      retryAfterMs: null,
    })
    const lifetimeMs = outcome.kind === 'rotated' ? outcome.tokens.lifetimeS * 1000 : Number.NaN
    expect(await storeFresh(store, await takeLeaseOf(store, id), fresh(2, { lifetimeMs }))).toBe(true)
    expect((await read(store, id)).lifetimeMs).toBe(lifetimeMs)
  })

  test('that is stored late lives from when the provider gave it', async ({ store }) => {
    const { id } = await createConnectedTenant(store)
    expect(await storeFresh(store, await takeLeaseOf(store, id), fresh(2, { ageMs: 600_000 }))).toBe(true)
    const { msLeft } = await read(store, id)
    expect(msLeft).toBeGreaterThan(2_990_000)
    expect(msLeft).toBeLessThanOrEqual(3_000_000)
  })

  test('of a late winner is stored, since nothing newer is there; the thief keeps its lease', async ({ db, store }) => {
    const { id } = await createConnectedTenant(store)
    const late = await takeLeaseOf(store, id, 'late')
    await store.tokens.openIntent(late, 'print', now())
    await setTimes(db, id, { leaseUntil: -1 })
    const thief = await takeLeaseOf(store, id, 'thief')
    await store.tokens.openIntent(thief, 'print', now())
    expect(await storeFresh(store, late)).toBe(true)
    expect(await setRow(db, id)).toMatchObject({ generation: 2, leaseOwner: 'thief', intentFingerprint: null })
    expect(await storeFresh(store, thief, fresh(3))).toBe(false)
    expect(await setRow(db, id)).toMatchObject({ generation: 2, sealedRefreshToken: 'sealed-refresh-2' })
  })

  test('of an older version changes nothing and says nothing', async ({ db, store }) => {
    const { id } = await createConnectedTenant(store)
    const old = await takeLeaseOf(store, id)
    await storeFresh(store, old)
    const before = [await setRow(db, id), await eventsOf(db), await db.q.select().from(db.tables.tokenCalls)]
    expect(await storeFresh(store, old, fresh(9))).toBe(false)
    expect([await setRow(db, id), await eventsOf(db), await db.q.select().from(db.tables.tokenCalls)]).toEqual(before)
  })

  test('is stored by one of twenty who bring one for the same version', async ({ db, store }) => {
    const { id } = await createConnectedTenant(store)
    const lease = await takeLeaseOf(store, id)
    expect(countWon(await race(20, (index) => storeFresh(store, lease, fresh(index + 2))))).toBe(1)
    expect((await setRow(db, id)).generation).toBe(2)
    expect((await eventsOf(db)).filter((event) => event === 'token.refreshed')).toHaveLength(1)
  })

  test('for a token set that is gone changes nothing', async ({ db, store }) => {
    const { fixture, id } = await createConnectedTenant(store)
    const lease = await takeLeaseOf(store, id)
    const to = { ...fixture.status, since: now() }
    await store.tokens.disconnect({ ...fixture, to }, { now: now(), entry: { ...entry, tenantId: fixture.tenantId } })
    expect(await storeFresh(store, lease)).toBe(false)
    const record = await store.authorizations.find(fixture.tenantId, 'teamleader')
    expect(record).toMatchObject({ tokenSet: null, status: { state: 'awaiting_authorization' } })
    expect(await db.q.select().from(db.tables.tokenCalls)).toEqual([])
  })

  test('of a candidate leaves the connection as it stands', async ({ db, store }) => {
    const { fixture, id } = await createConnectedTenant(store)
    const candidate = await exchange(store, fixture)
    const before = await store.authorizations.find(fixture.tenantId, 'teamleader')
    const lease = await takeLeaseOf(store, candidate.id)
    expect(lease.tokenSet.inUse).toBe(false)
    expect(await storeFresh(store, lease)).toBe(true)
    const after = await store.authorizations.find(fixture.tenantId, 'teamleader')
    expect(after?.status).toEqual(before?.status)
    expect(after?.authStatus).toEqual(before?.authStatus)
    expect((await setRow(db, id)).generation).toBe(1)
    expect((await setRow(db, candidate.id)).generation).toBe(2)
  })

  test('does not undo a pause that came meanwhile', async ({ db, store }) => {
    const { fixture, id } = await createConnectedTenant(store)
    const lease = await takeLeaseOf(store, id)
    await db.q.update(db.tables.connections).set({ enabled: false, pausedAt: now() })
    expect(await storeFresh(store, lease)).toBe(true)
    expect(await store.authorizations.find(fixture.tenantId, 'teamleader')).toMatchObject({ enabled: false })
  })
})

const entry = {
  at: new Date(),
  connectionId: null,
  actor: { kind: 'system' },
  event: 'connection.disconnected',
  outcome: 'ok',
  detail: {},
} as const
