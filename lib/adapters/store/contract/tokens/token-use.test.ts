import pg from 'pg'
import { describe, expect } from 'vitest'
import { openDatabase } from '#lib/adapters/store/engine/open-database.ts'
import { store as storeOn } from '#lib/adapters/store/store.ts'
import type { ConnectionStatus } from '#lib/domain/connections/connection-status.ts'
import type { Store } from '#lib/ports/deps.ts'
import { connected, countWon, entryOf, exchange, race } from '#lib/testing/database/fixtures.ts'
import { dialects } from '#lib/testing/database/fresh-database.ts'
import {
  createConnectedTenant,
  eventsOf,
  fresh,
  promoteTo,
  read,
  setRow,
  setTimes,
  storeFresh,
  takeLeaseOf,
} from '#lib/testing/database/token-fixtures.ts'

const now = () => new Date()
const tenMinutes = 600_000
const claimMs = 60_000

const claim = async (store: Store, limit: number) =>
  (await store.tokens.claimDue('teamleader', limit, claimMs, now())).map(({ tokenSetId }) => tokenSetId).sort()

const refused: ConnectionStatus = { ...connected, state: 'reconnect_required', reason: 'access_refused' }

describe.each(dialects)('the use of a token on $dialect', ({ test }) => {
  test('is noted for its version alone, and brings the next refresh forward when told', async ({ db, store }) => {
    const { id } = await createConnectedTenant(store)
    const tokenSet = await read(store, id)
    expect(tokenSet.msUnused).toBeNull()
    await store.tokens.touch({ ...tokenSet, version: 7 }, 0, now())
    expect((await setRow(db, id)).usedAt).toBeNull()
    await store.tokens.touch(tokenSet, null, now())
    expect((await read(store, id)).msUnused).toBeGreaterThanOrEqual(0)
    expect(await store.tokens.claimDue('teamleader', 10, 60_000, now())).toEqual([])
    await store.tokens.touch(tokenSet, 0, now())
    expect(await store.tokens.claimDue('teamleader', 10, 60_000, now())).toEqual([{ tokenSetId: id }])
  })

  test('never puts off a refresh that is due already', async ({ store }) => {
    const { id } = await createConnectedTenant(store)
    const tokenSet = await read(store, id)
    await store.tokens.touch(tokenSet, 0, now())
    await store.tokens.touch(tokenSet, 3_000_000, now())
    expect(await store.tokens.claimDue('teamleader', 10, 60_000, now())).toEqual([{ tokenSetId: id }])
  })

  test('noted beside a refresh never pulls the new pair’s refresh back', async ({ db, store }) => {
    const { id } = await createConnectedTenant(store)
    const lease = await takeLeaseOf(store, id)
    await race<unknown>(20, (index) =>
      index === 7 ? storeFresh(store, lease) : store.tokens.touch(lease.tokenSet, 0, now()),
    )
    await store.tokens.touch(lease.tokenSet, 0, now())
    expect(await store.tokens.claimDue('teamleader', 10, 60_000, now())).toEqual([])
    expect((await setRow(db, id)).generation).toBe(2)
  })
})

describe.each(dialects)('a report of a refused token on $dialect', ({ test }) => {
  test.for(['refresh', 'test'] as const)(
    'may cause a %s for one of fifty, once in ten minutes',
    async (what, { db, store }) => {
      const { id } = await createConnectedTenant(store)
      const tokenSet = await read(store, id)
      const claim = () => store.tokens.claimReport(tokenSet, what, tenMinutes, now())
      expect(countWon(await race(50, claim))).toBe(1)
      const column = what === 'refresh' ? 'reportRefreshedAt' : 'reportTestedAt'
      await setTimes(db, id, { [column]: -tenMinutes + 5_000 })
      expect(await claim()).toBe(false)
      await setTimes(db, id, { [column]: -tenMinutes - 1 })
      expect(countWon(await race(50, claim))).toBe(1)
      expect((await read(store, id)).reportedVersion).toBe(what === 'refresh' ? 1 : null)
    },
  )

  test('of an older version claims nothing', async ({ store }) => {
    const { id } = await createConnectedTenant(store)
    const tokenSet = await read(store, id)
    await storeFresh(store, await takeLeaseOf(store, id))
    expect(await store.tokens.claimReport(tokenSet, 'refresh', tenMinutes, now())).toBe(false)
    expect(await store.tokens.claimReport(tokenSet, 'test', tenMinutes, now())).toBe(false)
  })

  test('ends the access token once, with its status, its incident and one entry', async ({ db, store }) => {
    const { fixture, id } = await createConnectedTenant(store)
    const tokenSet = await read(store, id)
    const entry = entryOf('token.reported', { tenantId: fixture.tenantId })
    const answers = await race(20, () => store.tokens.refuseAccess(tokenSet, refused, entry))
    expect(countWon(answers)).toBe(1)
    expect((await read(store, id)).accessRefused).toBe(true)
    const record = await store.authorizations.find(fixture.tenantId, 'teamleader')
    expect(record?.status).toMatchObject({ state: 'reconnect_required', reason: 'access_refused' })
    expect(await store.incidents.list(fixture.tenantId)).toHaveLength(1)
    expect((await eventsOf(db)).filter((event) => event === 'token.reported')).toHaveLength(1)
  })

  test('never ends a newer token, whichever comes first', async ({ store }) => {
    const { fixture, id } = await createConnectedTenant(store)
    const lease = await takeLeaseOf(store, id)
    await race(20, (index) =>
      index === 3
        ? storeFresh(store, lease)
        : store.tokens.refuseAccess(lease.tokenSet, refused, entryOf('token.reported')),
    )
    const tokenSet = await read(store, id)
    expect(tokenSet).toMatchObject({ version: 2, accessRefused: false })
    const record = await store.authorizations.find(fixture.tenantId, 'teamleader')
    expect(record?.status.state).toBe('connected')
  })
})

describe.each(dialects)('what is due on $dialect', ({ test }) => {
  test('is claimed the most overdue first, at most as many as asked, nothing that is not due', async ({
    db,
    store,
  }) => {
    const ids = await race(4, async () => (await createConnectedTenant(store)).id)
    const [late, later, latest, fine] = ids as [string, string, string, string]
    for (const [id, ms] of [
      [late, -1_000],
      [latest, -60_000],
      [later, -30_000],
      [fine, 5_000],
    ] as const)
      await setTimes(db, id, { refreshDueAt: ms })
    expect(await claim(store, 2)).toEqual([latest, later].sort())
    expect(await claim(store, 10)).toEqual([late])
    expect(await claim(store, 10)).toEqual([])
  })

  test('is handed to one of many, in several processes', async ({ db, url, store }) => {
    const ids = await race(20, async () => (await createConnectedTenant(store)).id)
    for (const id of ids) await setTimes(db, id, { refreshDueAt: -1 })
    const other = await openDatabase(url)
    const claimed = await race(8, (index) => claim(index % 2 ? store : storeOn(other), 4))
    const rest = await claim(store, 20)
    expect([...claimed.flat(), ...rest].sort()).toEqual([...ids].sort())
    expect(claimed.filter(({ length }) => length > 4)).toEqual([])
    await other.close()
  })

  test('is due again when whoever claimed it died, and not while a refresh holds the lease', async ({ db, store }) => {
    const { id } = await createConnectedTenant(store)
    await setTimes(db, id, { refreshDueAt: -1 })
    expect(await claim(store, 10)).toEqual([id])
    const dueAt = (await setRow(db, id)).refreshDueAt?.getTime() ?? 0
    expect(dueAt).toBeGreaterThan(Date.now() + claimMs - 10_000)
    expect(dueAt).toBeLessThan(Date.now() + claimMs + 10_000)
    // time passes, and somebody else refreshes meanwhile
    await setTimes(db, id, { refreshDueAt: -1, leaseUntil: 10_000 })
    expect(await claim(store, 10)).toEqual([])
    await setTimes(db, id, { leaseUntil: -1 })
    expect(await claim(store, 10)).toEqual([id])
  })

  test('sets its own due time when it is refreshed: a claim leaves nothing behind', async ({ db, store }) => {
    const { id } = await createConnectedTenant(store)
    await setTimes(db, id, { refreshDueAt: -1 })
    await claim(store, 10)
    await storeFresh(store, await takeLeaseOf(store, id), fresh(2, { refreshInMs: 5_000 }))
    const dueAt = (await setRow(db, id)).refreshDueAt?.getTime() ?? 0
    expect(dueAt).toBeLessThan(Date.now() + 15_000)
  })

  test('leaves out what nobody uses once it was passed over, never what is in use', async ({ db, store }) => {
    const { fixture, id } = await createConnectedTenant(store)
    const candidate = await exchange(store, fixture)
    for (const due of [id, candidate.id]) await setTimes(db, due, { refreshDueAt: -1 })
    await store.tokens.skipRefresh(candidate.id)
    await store.tokens.skipRefresh(id)
    expect(await store.tokens.claimDue('teamleader', 10, 60_000, now())).toEqual([{ tokenSetId: id }])
    await promoteTo(store, fixture, candidate.id, connected, id)
    expect(await store.tokens.claimDue('teamleader', 10, 60_000, now())).toEqual([{ tokenSetId: candidate.id }])
  })

  test('leaves out a paused connection once it was passed over; switched on, it is due', async ({ db, store }) => {
    const { fixture, id } = await createConnectedTenant(store)
    const save = (revision: number, enabled: boolean) =>
      store.authorizations.saveSettings({
        ...fixture,
        ...{
          revision,
          enabled,
          provider: 'teamleader',
          target: null,
          supersededAt: null,
          resumes: true,
          client: { id: fixture.clientId, identifier: fixture.identifier, secret: null },
          statusChange: { from: connected, to: connected },
          now: now(),
        },
        entry: entryOf('settings.saved'),
      })
    const lease = await takeLeaseOf(store, id)
    expect(await save(1, false)).toBe(true)
    // an answer that comes after the pause is kept, and plans the next refresh as ever
    await storeFresh(store, lease)
    await setTimes(db, id, { refreshDueAt: -1 })
    await store.tokens.skipRefresh(id)
    expect(await store.tokens.claimDue('teamleader', 10, 60_000, now())).toEqual([])
    expect(await save(2, true)).toBe(true)
    expect(await store.tokens.claimDue('teamleader', 10, 60_000, now())).toEqual([{ tokenSetId: id }])
  })
})

describe.each(dialects)('disconnecting on $dialect', ({ test }) => {
  test('forgets every token set, closes the incident, and leaves other tenants alone', async ({ db, store }) => {
    const [ours, theirs] = [await createConnectedTenant(store), await createConnectedTenant(store)]
    await exchange(store, ours.fixture)
    await store.tokens.refuseAccess(await read(store, ours.id), refused, entryOf('token.reported'))
    const to = { ...ours.fixture.status, since: now() }
    const written = { now: now(), entry: entryOf('connection.disconnected') }
    const elsewhere = { ...ours.fixture, tenantId: theirs.fixture.tenantId, to }
    expect(await store.tokens.disconnect(elsewhere, written)).toBe(false)
    expect(await store.tokens.disconnect({ ...ours.fixture, to }, written)).toBe(true)
    const stored = await db.q.select().from(db.tables.tokenSets)
    expect(stored.map(({ id }) => id)).toEqual([theirs.id])
    expect(await store.authorizations.find(ours.fixture.tenantId, 'teamleader')).toMatchObject({
      ...{ tokenSet: null, candidate: null, connected: null, authStatus: null },
      ...{ client: { id: ours.fixture.clientId }, status: { state: 'awaiting_authorization' } },
    })
    expect(await store.incidents.list(ours.fixture.tenantId)).toMatchObject([{ closedAt: expect.any(Date) }])
  })
})

const [, postgres] = dialects

describe('what is due on PostgreSQL', () => {
  postgres.test('is claimed at once, whoever is about to change the oldest of it', async ({ db, url, store }) => {
    const ids = await race(4, async () => (await createConnectedTenant(store)).id)
    const [oldest, ...others] = ids as [string, ...string[]]
    for (const id of ids) await setTimes(db, id, { refreshDueAt: id === oldest ? -60_000 : -1 })
    const holder = new pg.Client({ connectionString: url })
    await holder.connect()
    await holder.query('begin')
    await holder.query('select 1 from token_sets where id = $1 for update', [oldest])
    expect(await claim(store, 10)).toEqual([...others].sort())
    await holder.query('rollback')
    expect(await claim(store, 10)).toEqual([oldest])
    await holder.end()
  })
})
