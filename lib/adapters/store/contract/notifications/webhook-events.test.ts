import { eq } from 'drizzle-orm'
import { describe, expect } from 'vitest'
import type { Database } from '#lib/adapters/store/engine/database.ts'
import { store as storeOn } from '#lib/adapters/store/store.ts'
import type { ConnectionStatus } from '#lib/domain/connections/connection-status.ts'
import type { Store } from '#lib/ports/deps.ts'
import {
  awaiting,
  connected,
  createTenant,
  entryOf,
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

/** A store with a webhook, and the events it enqueued since it was last asked. */
const openWebhookStore = (db: Database) => {
  const seen = new Set<string>()
  const { deliveries } = db.tables
  return {
    store: storeOn({ ...db, webhookEnabled: true }),
    reported: async () => {
      const rows = await db.q.select().from(deliveries)
      const fresh = rows.filter(({ id }) => !seen.has(id))
      for (const { id } of fresh) seen.add(id)
      return fresh.map(({ kind }) => kind)
    },
    /** What is held back is due, and taken by a sender. */
    send: async (store: Store) => {
      await db.q.update(deliveries).set({ dueAt: db.time.plus(-1, now()) })
      return (await store.deliveries.claimDue(99, minute, now())).map(({ kind }) => kind)
    },
  }
}

const disturb = async (store: Store, id: string) => storeFailure(store, await takeLeaseOf(store, id), decision({}))
const breakUp = async (store: Store, id: string) => storeFailure(store, await takeLeaseOf(store, id), dead)
const mend = async (store: Store, id: string) => storeFresh(store, await takeLeaseOf(store, id))

const switchTo = async (
  store: Store,
  { tenantId, userId, connectionId, clientId, identifier }: TenantFixture,
  on: boolean,
) => {
  const record = await store.authorizations.find(tenantId, 'teamleader')
  if (!record) throw new Error('the connection is gone')
  await store.authorizations.saveSettings({
    ...{ connectionId, tenantId, userId, revision: record.revision, enabled: on, provider: 'teamleader' },
    ...{ target: null, supersededAt: null, resumes: true, client: { id: clientId, identifier, secret: null } },
    statusChange: { from: record.status, to: record.status },
    ...written('settings.saved', now()),
  })
}

describe.each(dialects)('what is told of a connection on $dialect', ({ test }) => {
  test('is nothing while nobody is there to hear it', async ({ db, store }) => {
    const { id } = await createConnectedTenant(store)
    await breakUp(store, id)
    await mend(store, id)
    expect(await db.q.select().from(db.tables.deliveries)).toEqual([])
  })

  test('is that it connected, broke and recovered, and no refresh between', async ({ db }) => {
    const { store, reported } = openWebhookStore(db)
    const { id, fixture } = await createConnectedTenant(store)
    expect(await reported()).toEqual(['connection.connected'])
    await mend(store, id)
    expect(await reported()).toEqual([])
    await breakUp(store, id)
    expect(await reported()).toEqual(['connection.reconnect_required'])
    await mend(store, id)
    expect(await reported()).toEqual(['connection.recovered'])
    const [row] = await db.q
      .select()
      .from(db.tables.deliveries)
      .where(eq(db.tables.deliveries.kind, 'connection.reconnect_required'))
    expect(row).toMatchObject({
      channel: 'webhook',
      tenantId: fixture.tenantId,
      userId: null,
      payload: {
        connectionId: fixture.connectionId,
        ...{ state: 'reconnect_required', reason: 'revoked', since: expect.any(String), at: expect.any(String) },
      },
    })
  })

  test('is a disturbance only once it has lasted, and then also its end', async ({ db }) => {
    const { store, reported, send } = openWebhookStore(db)
    const { id } = await createConnectedTenant(store)
    await send(store)
    for (let times = 0; times < 3; times += 1) {
      await disturb(store, id)
      await disturb(store, id)
      expect(await store.deliveries.claimDue(9, minute, now())).toEqual([])
      await mend(store, id)
    }
    expect(await send(store)).toEqual([])
    await reported()
    await disturb(store, id)
    expect(await send(store)).toEqual(['connection.degraded'])
    await disturb(store, id)
    await mend(store, id)
    expect(await reported()).toEqual(expect.arrayContaining(['connection.degraded', 'connection.recovered']))
    expect(await store.deliveries.claimDue(9, 0, now())).toMatchObject([{ kind: 'connection.recovered' }])
  })

  test('is that it broke at once, without the disturbance before', async ({ db }) => {
    const { store, send } = openWebhookStore(db)
    const { id } = await createConnectedTenant(store)
    await send(store)
    await disturb(store, id)
    await breakUp(store, id)
    expect(await send(store)).toEqual(['connection.reconnect_required'])
  })

  test('is that it was switched off, nothing meanwhile, and how it stands once it is on again', async ({ db }) => {
    const { store, reported } = openWebhookStore(db)
    const { id, fixture } = await createConnectedTenant(store)
    await reported()
    await switchTo(store, fixture, false)
    expect(await reported()).toEqual(['connection.disabled'])
    await switchTo(store, fixture, false)
    await breakUp(store, id)
    expect(await reported()).toEqual([])
    await switchTo(store, fixture, true)
    expect(await reported()).toEqual(['connection.reconnect_required'])
    await switchTo(store, fixture, true)
    expect(await reported()).toEqual([])
  })

  test('is that its tokens are gone after « Déconnecter », and nothing of who never connected', async ({ db }) => {
    const { store, reported } = openWebhookStore(db)
    const { fixture } = await createConnectedTenant(store)
    await reported()
    const to: ConnectionStatus = { ...awaiting, lastSuccessAt: now(), since: now() }
    await store.tokens.disconnect({ ...fixture, to }, written('connection.disconnected', now()))
    expect(await reported()).toEqual(['connection.disabled'])
    const account = await createTenant(store)
    await switchTo(store, account, false)
    await switchTo(store, account, true)
    expect(await reported()).toEqual([])
  })

  test('is what an outage of refusals takes back, and no refusal while it lasts', async ({ db }) => {
    const { store, reported, send } = openWebhookStore(db)
    const [before, during] = [await createConnectedTenant(store), await createConnectedTenant(store)]
    await breakUp(store, before.id)
    await send(store)
    await reported()
    await store.outages.open('teamleader', 'refusals', minute, entryOf('outage.opened', { at: now() }))
    const revive = () => store.outages.reviveRefused('teamleader', 5 * minute, now())
    await revive()
    expect(await reported()).toEqual(['connection.degraded'])
    await new Promise((done) => setTimeout(done, 2))
    await breakUp(store, during.id)
    await revive()
    expect(await reported()).toEqual([])
    await store.outages.close('teamleader', entryOf('outage.closed', { at: now() }))
    await mend(store, before.id)
    expect(await reported()).toEqual(['connection.recovered'])
  })

  test('never undoes what it stands beside', async ({ db }) => {
    const { store } = openWebhookStore(db)
    const { id, fixture } = await createConnectedTenant(store)
    await disturb(store, id)
    await db.q.update(db.tables.connections).set({ state: 'connected', reason: null })
    await disturb(store, id)
    const record = await store.authorizations.find(fixture.tenantId, 'teamleader')
    expect(record?.status).toMatchObject({ state: 'degraded', lastSuccessAt: connected.lastSuccessAt })
  })
})
