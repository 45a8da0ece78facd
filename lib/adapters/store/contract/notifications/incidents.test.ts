import { describe, expect } from 'vitest'
import type { Tables } from '#drizzle/tables.ts'
import type { Database } from '#lib/adapters/store/engine/database.ts'
import { openDatabase } from '#lib/adapters/store/engine/open-database.ts'
import type { Change } from '#lib/adapters/store/engine/queries.ts'
import { store as storeOn } from '#lib/adapters/store/store.ts'
import type { MailDelivery } from '#lib/domain/notifications/delivery.ts'
import type { Store } from '#lib/ports/deps.ts'
import {
  awaiting,
  countWon,
  createTenant,
  entryOf,
  race,
  type TenantFixture,
  written,
} from '#lib/testing/database/fixtures.ts'
import { dialects } from '#lib/testing/database/fresh-database.ts'
import {
  createConnectedTenant,
  dead,
  decision,
  storeFailure,
  storeFresh,
  takeLeaseOf,
} from '#lib/testing/database/token-fixtures.ts'

const now = () => new Date()
const minute = 60_000
const later = () => new Date(Date.now() + minute)

const alertFor = ({ tenantId, userId }: TenantFixture, id: string): MailDelivery => ({
  ...{ channel: 'mail', kind: 'alert', onceKey: `alert:${id}:${userId}` },
  ...{ tenantId, userId, payload: { incidentId: id } },
})

/** A tenant whose tokens were revoked. */
const broken = async (store: Store) => {
  const { fixture, id } = await createConnectedTenant(store)
  await storeFailure(store, await takeLeaseOf(store, id), dead)
  return { fixture, tokenSetId: id }
}

const unnotified = async (store: Store) =>
  (await store.incidents.listUnnotified(15_000, 10, later())).map(({ id }) => id)

const only = <T>([first, ...others]: T[]): T => {
  if (first === undefined || others.length > 0) throw new Error('there is not exactly one')
  return first
}

const change = <V extends Change<Tables['connections'], V>>({ q, tables: { connections } }: Database, values: V) =>
  q.update(connections).set(values)

describe.each(dialects)('what is told of incidents on $dialect', ({ test }) => {
  test('is notified once by two processes that find the same, with its mails', async ({ url, store }) => {
    const { fixture } = await broken(store)
    expect(await store.incidents.listUnnotified(15_000, 10, now())).toEqual([])
    const id = only(await unnotified(store))
    const db = await openDatabase(url)
    const queueAlert = (index: number) =>
      (index % 2 ? store : storeOn(db)).incidents.queueAlert(id, [alertFor(fixture, id)], now())
    expect(countWon(await race(20, queueAlert))).toBe(1)
    await db.close()
    expect(await store.deliveries.list(fixture.tenantId, 5)).toMatchObject([{ kind: 'alert' }])
    expect(await unnotified(store)).toEqual([])
  })

  test('is nothing of a provider that fails for everybody, nor of what is paused, replaced or never worked', async ({
    db,
    store,
  }) => {
    await broken(store)
    await store.outages.open('teamleader', 'refusals', minute, entryOf('outage.opened', { at: now() }))
    expect(await unnotified(store)).toEqual([])
    await store.outages.close('teamleader', entryOf('outage.closed', { at: now() }))
    for (const [values, back] of [
      [{ enabled: false }, { enabled: true }],
      [{ supersededAt: now() }, { supersededAt: null }],
      [{ lastSuccessAt: null }, { lastSuccessAt: now() }],
    ] as const) {
      await change(db, values)
      expect(await unnotified(store)).toEqual([])
      await change(db, back)
    }
    expect(await unnotified(store)).toHaveLength(1)
  })

  test('is its end, once it is known: not while the provider is doubted, and not of what nobody heard of', async ({
    db,
    store,
  }) => {
    const [notified, silent] = [await broken(store), await broken(store)]
    const ids = await store.incidents.listUnnotified(15_000, 10, later())
    const { id } = only(ids.filter(({ tenantId }) => tenantId === notified.fixture.tenantId))
    await store.incidents.queueAlert(id, [], now())
    expect(await store.incidents.listEnded(10)).toEqual([])
    await store.outages.reviveRefused('teamleader', 5 * minute, now())
    expect(await store.incidents.listEnded(10)).toEqual([])
    for (const { tokenSetId } of [notified, silent]) await storeFresh(store, await takeLeaseOf(store, tokenSetId))
    expect(await store.incidents.listEnded(10)).toEqual([{ id, tenantId: notified.fixture.tenantId, well: true }])
    const end = (index: number) =>
      store.incidents.queueRecovery(id, index % 2 ? [] : [alertFor(notified.fixture, id)], now())
    expect(countWon(await race(10, end))).toBe(1)
    await store.incidents.skipUnnotified(now())
    expect(await store.incidents.listEnded(10)).toEqual([])
    const rows = await db.q.select().from(db.tables.incidents)
    expect(rows.filter(({ recoveryToldAt }) => recoveryToldAt === null)).toEqual([])
  })

  test('is no recovery where the end is « Déconnecter »', async ({ store }) => {
    const { fixture } = await broken(store)
    await store.incidents.queueAlert(only(await unnotified(store)), [], now())
    const to = { ...awaiting, since: now() }
    await store.tokens.disconnect({ ...fixture, to }, written('connection.disconnected', now()))
    expect(await store.incidents.listEnded(10)).toMatchObject([{ well: false }])
  })

  test('is read when it is sent: since when, why, and until when something still works', async ({ store }) => {
    const { fixture, tokenSetId } = await broken(store)
    const id = only(await unnotified(store))
    const incident = await store.incidents.find(id, now())
    expect(incident).toMatchObject({ provider: 'teamleader', state: 'reconnect_required', reason: 'revoked' })
    expect(incident?.servedUntil?.getTime()).toBeGreaterThan(Date.now() + 59 * minute)
    await storeFresh(store, await takeLeaseOf(store, tokenSetId))
    expect(await store.incidents.find(id, now())).toMatchObject({ closedAt: expect.any(Date) })
    expect(await store.incidents.find(fixture.tenantId, now())).toBeNull()
  })

  test('a tenant sees what is broken of its own, and nothing of another’s', async ({ db, store }) => {
    const { fixture } = await broken(store)
    const well = await createConnectedTenant(store)
    const disturbed = await createConnectedTenant(store)
    await storeFailure(store, await takeLeaseOf(store, disturbed.id), decision({}))
    const seen = (of: TenantFixture) => store.incidents.listBroken(of.tenantId)
    expect(await seen(fixture)).toMatchObject([{ provider: 'teamleader', state: 'reconnect_required' }])
    expect([await seen(well.fixture), await seen(disturbed.fixture), await seen(await createTenant(store))]).toEqual([
      [],
      [],
      [],
    ])
    await change(db, { enabled: false })
    expect(await seen(fixture)).toEqual([])
  })

  test('the morning counts those in need, what began and ended in a day, and who is still on V1', async ({
    db,
    store,
  }) => {
    const [first, mended] = [await broken(store), await broken(store)]
    await storeFresh(store, await takeLeaseOf(store, mended.tokenSetId))
    const v1 = { id: 'v1', tenantId: first.fixture.tenantId, provider: 'teamleader-v1' as const, revision: 1 }
    const { connections } = db.tables
    await db.q.insert(connections).values({ ...v1, enabled: true, state: 'connected', since: now(), attempts: 0 })
    const digest = (limit: number, at = now()) => store.incidents.digest(limit, 24 * 60 * minute, at)
    expect(await digest(5)).toMatchObject({
      inNeed: [{ tenantName: 'Atelier Delvaux SRL', ref: null, provider: 'teamleader', state: 'reconnect_required' }],
      ...{ count: 1, opened: 2, closed: 1, onV1: 1 },
    })
    expect(await digest(0)).toMatchObject({ inNeed: [], count: 1 })
    const dayAfter = new Date(Date.now() + 25 * 60 * minute)
    expect(await digest(5, dayAfter)).toMatchObject({ count: 1, opened: 0, closed: 0 })
  })
})
