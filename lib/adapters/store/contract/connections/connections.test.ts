import { randomUUID } from 'node:crypto'
import { eq } from 'drizzle-orm'
import { describe, expect } from 'vitest'
import type { TenantId } from '#lib/domain/accounts/tenant.ts'
import type { SettingsChange, SharedClientUse } from '#lib/ports/authorization.ts'
import {
  awaiting,
  connected,
  countWon,
  createTenant,
  entryOf,
  noon,
  plus,
  race,
  type TenantFixture,
  written,
} from '#lib/testing/database/fixtures.ts'
import { dialects } from '#lib/testing/database/fresh-database.ts'

/** The change that alters nothing, at the revision `settle` leaves. */
const change = (fixture: TenantFixture, more: Partial<SettingsChange> = {}): SettingsChange => ({
  connectionId: fixture.connectionId,
  tenantId: fixture.tenantId,
  revision: 1,
  enabled: true,
  userId: fixture.userId,
  provider: 'teamleader',
  target: null,
  supersededAt: null,
  resumes: true,
  client: { id: fixture.clientId, identifier: fixture.identifier, secret: null },
  statusChange: { from: fixture.status, to: fixture.status },
  ...written('settings.saved'),
  ...more,
})

describe.each(dialects)('connections on $dialect', ({ test }) => {
  test('a tenant that has none yet is given one, switched on and unconfigured, however many ask at once', async ({
    store,
  }) => {
    const tenantId = randomUUID() as TenantId
    await store.accounts.addTenant({ id: tenantId, name: 'Nouveau', ref: null }, entryOf('tenant.created'))
    expect(await store.authorizations.find(tenantId, 'teo')).toBeNull()
    const made = await race(20, () => store.authorizations.ensure(tenantId, 'teo', randomUUID(), noon))
    expect(new Set(made.map(({ id }) => id)).size).toBe(1)
    expect(made[0]).toMatchObject({ enabled: true, revision: 0, status: { state: 'unconfigured', since: noon } })
  })

  test('settings saved are read back, the secret only by its last characters', async ({ store }) => {
    const fixture = await createTenant(store)
    const record = await store.authorizations.find(fixture.tenantId, 'teamleader')
    expect(record).toMatchObject({
      id: fixture.connectionId,
      revision: 1,
      client: { identifier: fixture.identifier, secretLast4: '6cfa', secretVersion: 1, secretSetAt: noon },
      status: awaiting,
      tokenSet: null,
      candidate: null,
    })
    expect(JSON.stringify(record)).not.toContain('sealed-secret')
  })

  test('nobody sees another tenant’s connection, client or secret', async ({ store }) => {
    const ours = await createTenant(store)
    const theirs = await createTenant(store, 'Vandenbroeck & Fils')
    const { authorizations } = store
    expect(await authorizations.findClientById(theirs.tenantId, ours.clientId)).toBeNull()
    expect(await authorizations.findClient(theirs.tenantId, 'teamleader', ours.identifier)).toBeNull()
    expect((await authorizations.find(theirs.tenantId, 'teamleader'))?.id).toBe(theirs.connectionId)
    expect(await authorizations.findClientById(ours.tenantId, ours.clientId)).toMatchObject({
      identifier: ours.identifier,
      sealedSecret: 'sealed-secret',
    })
  })

  test('two tenants may use the same Client ID, each with its own secret', async ({ store }) => {
    const ours = await createTenant(store)
    const theirs = await createTenant(store, 'Vandenbroeck & Fils')
    const client = { id: randomUUID(), identifier: ours.identifier }
    const secret = { sealed: 'their-secret', version: 1, last4: '54de' }
    expect(await store.authorizations.saveSettings(change(theirs, { client: { ...client, secret } }))).toBe(true)
    const own = await store.authorizations.findClient(ours.tenantId, 'teamleader', ours.identifier)
    const other = await store.authorizations.findClient(theirs.tenantId, 'teamleader', ours.identifier)
    expect([own?.sealedSecret, other?.sealedSecret]).toEqual(['sealed-secret', 'their-secret'])
  })

  test('another tenant’s connection cannot be saved', async ({ store }) => {
    const ours = await createTenant(store)
    const theirs = await createTenant(store, 'Vandenbroeck & Fils')
    const crossed = change(ours, { tenantId: theirs.tenantId, enabled: false })
    expect(await store.authorizations.saveSettings(crossed)).toBe(false)
    expect(await store.authorizations.find(ours.tenantId, 'teamleader')).toMatchObject({ enabled: true, revision: 1 })
  })

  test('a save without a new secret keeps the old one and moves the revision', async ({ store }) => {
    const fixture = await createTenant(store)
    expect(await store.authorizations.saveSettings(change(fixture))).toBe(true)
    const record = await store.authorizations.find(fixture.tenantId, 'teamleader')
    expect(record).toMatchObject({ revision: 2, client: { id: fixture.clientId, secretVersion: 1 } })
  })

  test('a save at an old revision is lost and writes nothing, its journal entry included', async ({ db, store }) => {
    const fixture = await createTenant(store)
    await store.authorizations.saveSettings(change(fixture))
    const before = await db.q.select().from(db.tables.journal)
    expect(await store.authorizations.saveSettings(change(fixture, { enabled: false }))).toBe(false)
    expect(await store.authorizations.find(fixture.tenantId, 'teamleader')).toMatchObject({
      enabled: true,
      revision: 2,
    })
    expect(await db.q.select().from(db.tables.journal)).toHaveLength(before.length)
  })

  test('of twenty saves of one revision, one wins and is journaled once', async ({ db, store }) => {
    const fixture = await createTenant(store)
    const before = await db.q.select().from(db.tables.journal)
    const answers = await race(20, () => store.authorizations.saveSettings(change(fixture)))
    expect(countWon(answers)).toBe(1)
    expect(await db.q.select().from(db.tables.journal)).toHaveLength(before.length + 1)
  })

  test('a new secret replaces the old one in place, for the same client', async ({ store }) => {
    const fixture = await createTenant(store)
    const secret = { sealed: 'newer-secret', version: 2, last4: '9999' }
    const client = { id: fixture.clientId, identifier: fixture.identifier, secret }
    await store.authorizations.saveSettings(change(fixture, { client, now: plus(1) }))
    expect(await store.authorizations.findClientById(fixture.tenantId, fixture.clientId)).toMatchObject({
      sealedSecret: 'newer-secret',
      secretVersion: 2,
      secretLast4: '9999',
      secretSetAt: plus(1),
    })
  })

  test('a new Client ID stands beside the old one, which stays readable', async ({ store }) => {
    const fixture = await createTenant(store)
    const secret = { sealed: 'second-secret', version: 1, last4: '0000' }
    const client = { id: randomUUID(), identifier: 'd7e6578abcb8cbeb474609e51db1d631', secret }
    await store.authorizations.saveSettings(change(fixture, { client }))
    const record = await store.authorizations.find(fixture.tenantId, 'teamleader')
    expect(record?.client).toMatchObject({ id: client.id, identifier: client.identifier })
    const old = await store.authorizations.findClientById(fixture.tenantId, fixture.clientId)
    expect(old?.sealedSecret).toBe('sealed-secret')
  })

  test('a pause tells who and when, survives later saves, and ends when switched on', async ({ store }) => {
    const fixture = await createTenant(store)
    const { saveSettings, find } = store.authorizations
    const paused = { at: plus(5), by: 'Marie Delvaux' }
    await saveSettings(change(fixture, { enabled: false, now: plus(5) }))
    expect(await find(fixture.tenantId, 'teamleader')).toMatchObject({ enabled: false, paused, status: awaiting })
    await saveSettings(change(fixture, { enabled: false, revision: 2, now: plus(9) }))
    expect(await find(fixture.tenantId, 'teamleader')).toMatchObject({ enabled: false, paused })
    await saveSettings(change(fixture, { revision: 3 }))
    expect(await find(fixture.tenantId, 'teamleader')).toMatchObject({ enabled: true, paused: null })
  })

  test('the status alone is switched once, and leaves the revision and the settings', async ({ store }) => {
    const fixture = await createTenant(store)
    const { saveSettings, switchEnabled, find } = store.authorizations
    const { connectionId, tenantId, userId, entry } = change(fixture, {})
    const before = await find(tenantId, 'teamleader')
    const off = { connectionId, tenantId, userId, resumes: true, enabled: false, now: plus(5), entry }
    expect(await switchEnabled(off)).toBe(true)
    const paused = { at: plus(5), by: 'Marie Delvaux' }
    expect(await find(tenantId, 'teamleader')).toEqual({ ...before, enabled: false, paused })
    expect(await switchEnabled({ ...off, now: plus(9) })).toBe(false)
    expect(await find(tenantId, 'teamleader')).toMatchObject({ paused })
    // what was typed meanwhile is still saved over the revision that was read
    expect(await saveSettings(change(fixture, { enabled: true, now: plus(11) }))).toBe(true)
    expect(await find(tenantId, 'teamleader')).toMatchObject({ enabled: true, paused: null })
  })

  test('another tenant switches nothing', async ({ store }) => {
    const [mine, theirs] = [await createTenant(store), await createTenant(store)]
    const { connectionId } = change(mine, {})
    const { tenantId, userId, entry } = change(theirs, {})
    const off = { connectionId, tenantId, userId, resumes: true, enabled: false, now: plus(5), entry }
    expect(await store.authorizations.switchEnabled(off)).toBe(false)
    expect(await store.authorizations.find(mine.tenantId, 'teamleader')).toMatchObject({ enabled: true })
  })

  test('a status moves only from the one it was computed from', async ({ store }) => {
    const fixture = await createTenant(store)
    const stale = { ...awaiting, since: plus(-1) }
    const { saveSettings, find } = store.authorizations
    expect(await saveSettings(change(fixture, { statusChange: { from: stale, to: connected } }))).toBe(true)
    expect((await find(fixture.tenantId, 'teamleader'))?.status).toEqual(awaiting)
    const statusChange = { from: awaiting, to: { ...connected, since: plus(7), nextAttemptAt: plus(8), attempts: 3 } }
    expect(await saveSettings(change(fixture, { statusChange, revision: 2 }))).toBe(true)
    expect((await find(fixture.tenantId, 'teamleader'))?.status).toEqual(statusChange.to)
  })

  test('the operator’s client is one row a tenant, has no secret, and is none of the tenant’s own', async ({
    store,
    db,
  }) => {
    const [fixture, stranger] = [await createTenant(store), await createTenant(store)]
    const { tenantId, connectionId, identifier, status } = fixture
    const use = (more: Partial<SharedClientUse> = {}) =>
      store.authorizations.useSharedClient({
        ...{ connectionId, tenantId, provider: 'teamleader', now: noon },
        // what the tenant typed before may be the same
        client: { id: randomUUID(), identifier },
        statusChange: { from: status, to: status },
        ...more,
      })
    const ids = await race(10, () => use())
    expect(new Set(ids).size).toBe(1)
    const id = ids[0] ?? ''
    expect(id).not.toBe(fixture.clientId)
    expect(await store.authorizations.findClientById(tenantId, id)).toMatchObject({ shared: true, sealedSecret: '' })
    expect(await store.authorizations.findClientById(stranger.tenantId, id)).toBeNull()
    expect(await store.authorizations.findClient(tenantId, 'teamleader', identifier)).toMatchObject({
      id: fixture.clientId,
      shared: false,
      sealedSecret: 'sealed-secret',
    })
    expect((await store.authorizations.find(tenantId, 'teamleader'))?.client?.id).toBe(fixture.clientId)
    expect(await use({ tenantId: stranger.tenantId })).toBeNull()
    const rows = await db.q.select().from(db.tables.clients).where(eq(db.tables.clients.identifier, identifier))
    expect(rows.map(({ tenantId: of, shared }) => [of, shared]).sort()).toEqual([
      [tenantId, false],
      [tenantId, true],
    ])
    expect(await store.sealedValues.count()).toBe(2)
  })
})
