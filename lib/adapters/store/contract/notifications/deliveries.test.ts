import { randomUUID } from 'node:crypto'
import { eq } from 'drizzle-orm'
import { describe, expect } from 'vitest'
import type { Database } from '#lib/adapters/store/engine/database.ts'
import { openDatabase } from '#lib/adapters/store/engine/open-database.ts'
import { store as storeOn } from '#lib/adapters/store/store.ts'
import type { TenantId } from '#lib/domain/accounts/tenant.ts'
import type { MailDelivery, WebhookDelivery } from '#lib/domain/notifications/delivery.ts'
import type { ClaimedDelivery } from '#lib/ports/notifications.ts'
import {
  countWon,
  createTenant,
  entryOf,
  newUser,
  race,
  type TenantFixture,
  written,
} from '#lib/testing/database/fixtures.ts'
import { dialects } from '#lib/testing/database/fresh-database.ts'
import { eventsOf } from '#lib/testing/database/token-fixtures.ts'

const now = () => new Date()
const minute = 60_000
const lease = minute

const mail = ({ tenantId, userId }: TenantFixture, more: Partial<MailDelivery> = {}): MailDelivery => ({
  channel: 'mail',
  kind: 'alert',
  onceKey: randomUUID(),
  tenantId,
  userId,
  payload: { incidentId: 'i-1', sent: true, times: 2, nothing: null },
  ...more,
})

const event = ({ tenantId }: TenantFixture): WebhookDelivery => ({
  channel: 'webhook',
  kind: 'connection.recovered',
  onceKey: randomUUID(),
  tenantId,
  userId: null,
  payload: {},
})

const replayEntry = (at = now()) => written('delivery.replayed', at)
const done = { delivered: true, answer: '204', retryInMs: null }
const again = { delivered: false, answer: '503', retryInMs: 10_000 }
const noEntry = () => ({ now: now(), entry: null })
const only = <T>([first]: T[]): T => {
  if (first === undefined) throw new Error('there is none')
  return first
}

const makeDue = ({ q, tables: { deliveries }, time }: Database) =>
  q.update(deliveries).set({ dueAt: time.plus(-1, now()) })

describe.each(dialects)('the outbox on $dialect', ({ test }) => {
  test('takes a thing once, however often and by however many it is said, with one entry', async ({
    db,
    url,
    store,
  }) => {
    const fixture = await createTenant(store)
    const other = await openDatabase(url)
    const delivery = mail(fixture, { onceKey: 'alert:1' })
    const add = (index: number) => (index % 2 ? store : storeOn(other)).deliveries.add([delivery], replayEntry())
    expect(countWon(await race(10, add))).toBe(1)
    expect(await store.deliveries.add([delivery, mail(fixture)], replayEntry())).toBe(true)
    expect((await eventsOf(db)).filter((name) => name === 'delivery.replayed')).toHaveLength(2)
    expect(await store.deliveries.list(fixture.tenantId, 10)).toHaveLength(2)
    expect(await store.deliveries.add([], replayEntry())).toBe(false)
    await other.close()
  })

  test('hands each due thing to one of many, and whole', async ({ url, store }) => {
    const fixture = await createTenant(store)
    const other = await openDatabase(url)
    const queued = Array.from({ length: 21 }, () => mail(fixture))
    await store.deliveries.add(queued, replayEntry())
    const claimed = (
      await race(10, (index) => (index % 2 ? store : storeOn(other)).deliveries.claimDue(4, lease, now()))
    ).flat()
    const rest = await store.deliveries.claimDue(100, lease, now())
    const keys = [...claimed, ...rest].map(({ onceKey }) => onceKey)
    expect(keys.sort()).toEqual(queued.map(({ onceKey }) => onceKey).sort())
    expect(claimed[0]).toMatchObject({
      kind: 'alert',
      attempts: 1,
      userId: fixture.userId,
      payload: { incidentId: 'i-1', sent: true, times: 2, nothing: null },
    })
    await other.close()
  })

  test('is not due again once delivered, later after a failure, and never once given up', async ({ db, store }) => {
    const fixture = await createTenant(store)
    await store.deliveries.add([mail(fixture)], replayEntry())
    const first = only(await store.deliveries.claimDue(1, lease, now()))
    expect(await store.deliveries.finish(first, again, noEntry())).toBe(true)
    expect(await store.deliveries.claimDue(1, lease, now())).toEqual([])
    await makeDue(db)
    const second = only(await store.deliveries.claimDue(1, lease, now()))
    expect(second).toMatchObject({ id: first.id, attempts: 2 })
    const entry = entryOf('delivery.given_up', { at: now() })
    await store.deliveries.finish(second, { ...again, retryInMs: null }, { now: now(), entry })
    expect(await eventsOf(db)).toContain('delivery.given_up')
    expect(await store.deliveries.list(fixture.tenantId, 1)).toMatchObject([
      { attempts: 2, dueAt: null, deliveredAt: null, lastAnswer: '503', recipient: { name: 'Marie Delvaux' } },
    ])
    expect(await store.deliveries.claimDue(1, lease, now())).toEqual([])
  })

  test('lets a process die in the middle: the lease ends, and the late answer of the first counts no more', async ({
    db,
    store,
  }) => {
    const fixture = await createTenant(store)
    await store.deliveries.add([event(fixture)], replayEntry())
    const dead = only(await store.deliveries.claimDue(1, lease, now()))
    expect(await store.deliveries.claimDue(1, lease, now())).toEqual([])
    const { deliveries } = db.tables
    await db.q.update(deliveries).set({ leaseUntil: db.time.plus(-1, now()) })
    const heir = only(await store.deliveries.claimDue(1, lease, now()))
    expect(heir).toMatchObject({ id: dead.id, attempts: 2 })
    expect(await store.deliveries.finish(dead, done, noEntry())).toBe(false)
    expect(await store.deliveries.finish(heir, done, noEntry())).toBe(true)
    expect(await store.deliveries.finish(heir, again, noEntry())).toBe(false)
  })

  test('replays by hand under the same id, once, and only what the tenant’s own log shows', async ({ db, store }) => {
    const [fixture, otherTenant] = [await createTenant(store), await createTenant(store)]
    await store.deliveries.add([event(fixture)], replayEntry())
    const claimed = only(await store.deliveries.claimDue(1, lease, now()))
    const replay = (tenantId: TenantId, id = claimed.id) => store.deliveries.replay(tenantId, id, replayEntry().entry)
    expect(await replay(fixture.tenantId)).toBe(false)
    await store.deliveries.finish(claimed, done, noEntry())
    expect(await replay(otherTenant.tenantId)).toBe(false)
    expect(await replay(fixture.tenantId, randomUUID())).toBe(false)
    const before = (await eventsOf(db)).length
    expect(await replay(fixture.tenantId)).toBe(true)
    expect((await eventsOf(db)).length).toBe(before + 1)
    const twice: ClaimedDelivery[][] = await race(5, () => store.deliveries.claimDue(1, lease, now()))
    expect(twice.flat()).toMatchObject([{ id: claimed.id, attempts: 2 }])
    expect(await store.deliveries.list(otherTenant.tenantId, 10)).toEqual([])
  })

  test('is for those who are active when it is written, and when it is sent', async ({ db, store }) => {
    const [fixture, other] = [await createTenant(store), await createTenant(store)]
    const entered = { passwordHash: 'hash' }
    const [stays, leaves] = [newUser(fixture.tenantId, entered), newUser(fixture.tenantId, entered)]
    const support = newUser(null, { ...entered, locale: 'nl' })
    const reader = newUser(fixture.tenantId, { ...entered, role: 'reader' })
    const elsewhere = newUser(other.tenantId, entered)
    for (const user of [stays, leaves, support, reader, elsewhere])
      await store.accounts.addUser(user, entryOf('user.created'))
    const { users } = db.tables
    for (const { userId } of [fixture, other])
      await db.q.update(users).set({ disabledAt: now() }).where(eq(users.id, userId))
    expect((await store.deliveries.listRecipients(fixture.tenantId)).sort()).toEqual([stays.id, leaves.id].sort())
    await db.q.update(users).set({ disabledAt: now() }).where(eq(users.id, leaves.id))
    expect(await store.deliveries.listRecipients(fixture.tenantId)).toEqual([stays.id])
    expect(await store.deliveries.listRecipients(other.tenantId)).toEqual([elsewhere.id])
    expect(await store.deliveries.listRecipients(null)).toEqual([support.id])
    expect(await store.deliveries.findRecipient(leaves.id)).toBeNull()
    expect(await store.deliveries.findRecipient(support.id)).toMatchObject({ email: support.email, locale: 'nl' })
  })

  test('forgets what is over since long, and nothing that is still to be told', async ({ store }) => {
    const fixture = await createTenant(store)
    await store.deliveries.add([event(fixture), mail(fixture)], replayEntry(new Date(Date.now() - 10 * minute)))
    const claimed = only(await store.deliveries.claimDue(1, lease, now()))
    await store.deliveries.finish(claimed, done, noEntry())
    await store.deliveries.prune(11 * minute, now())
    expect(await store.deliveries.list(fixture.tenantId, 10)).toHaveLength(2)
    await store.deliveries.prune(9 * minute, now())
    expect(await store.deliveries.list(fixture.tenantId, 10)).toHaveLength(1)
  })
})
