import { eq } from 'drizzle-orm'
import { describe, expect } from 'vitest'
import type { Database } from '#lib/adapters/store/engine/database.ts'
import { openDatabase } from '#lib/adapters/store/engine/open-database.ts'
import { store as storeOn } from '#lib/adapters/store/store.ts'
import type { Store } from '#lib/ports/deps.ts'
import { connected, countWon, exchange, hash, race, written } from '#lib/testing/database/fixtures.ts'
import { dialects } from '#lib/testing/database/fresh-database.ts'
import { createConnectedTenant } from '#lib/testing/database/token-fixtures.ts'

const minute = 60_000
const now = () => new Date()

/** A connected tenant whose provider may tell what changes. */
const tenantWithWebhooks = async (store: Store) => {
  const { fixture, id } = await createConnectedTenant(store)
  await store.webhooks.adopt('teamleader', now())
  return { ...fixture, tokenSetId: id, provider: 'teamleader' as const }
}

const claimed = async (store: Store) =>
  (await store.webhooks.claimDue(10, minute, now())).map(({ connectionId }) => connectionId).sort()

const makeHintsDue = ({ q, tables: { webhookHints }, time }: Database) =>
  q.update(webhookHints).set({ dueAt: time.plus(-1, now()) })

describe.each(dialects)('webhooks of connections on $dialect', ({ test }) => {
  test('are due once for each connection, to one of many who look', async ({ url, store }) => {
    const ours = await race(6, () => tenantWithWebhooks(store))
    const other = await openDatabase(url)
    const looks = await race(6, (index) => claimed(index % 2 ? store : storeOn(other)))
    expect(looks.flat().sort()).toEqual(ours.map(({ connectionId }) => connectionId).sort())
    expect(await claimed(store)).toEqual([])
    await other.close()
  })

  test('begin anew with a promotion: the secret before is answered no more', async ({ store }) => {
    const tenant = await tenantWithWebhooks(store)
    await claimed(store)
    expect(await store.webhooks.expect(tenant.connectionId, null, hash('secret'))).toBe(true)
    expect(await store.webhooks.findBySecret(hash('secret'))).toMatchObject({ tenantId: tenant.tenantId })
    const candidate = await exchange(store, tenant)
    const { connectionId, tenantId, tokenSetId, userId } = tenant
    const at = { connectionId, tenantId, candidateId: candidate.id, inUseId: tokenSetId, to: connected, by: userId }
    const promoted = { ...at, resumes: true, webhooks: 'teamleader' as const }
    expect(await store.authorizations.promote(promoted, written('connection.promoted', now()))).toBe(true)
    expect(await store.webhooks.findBySecret(hash('secret'))).toBeNull()
    expect(await store.webhooks.status(tenantId)).toMatchObject({ state: 'pending', secretHash: null })
    expect(await claimed(store)).toEqual([connectionId])
  })

  test('take a new secret from one of twenty, and a finding only while it is the secret', async ({ store }) => {
    const { connectionId, tenantId } = await tenantWithWebhooks(store)
    const won = await race(20, (index) => store.webhooks.expect(connectionId, null, hash(`secret ${index}`)))
    expect(countWon(won)).toBe(1)
    const found = { state: 'registered', dueInMs: minute, entry: null } as const
    await store.webhooks.settle({ connectionId, secretHash: null }, found, now())
    expect((await store.webhooks.status(tenantId))?.state).toBe('pending')
    const secretHash = hash(`secret ${won.indexOf(true)}`)
    await store.webhooks.settle({ connectionId, secretHash }, found, now())
    expect((await store.webhooks.status(tenantId))?.state).toBe('registered')
    expect(await store.webhooks.known([secretHash, hash('another')])).toEqual(new Set([secretHash]))
  })

  test('end with the connection, and what was told with them', async ({ db, store }) => {
    const [ours, theirs] = [await tenantWithWebhooks(store), await tenantWithWebhooks(store)]
    for (const each of [ours, theirs]) await store.webhooks.addHint(each, { kind: 'contacts', id: 'c-1' }, 0, now())
    const to = { ...ours.status, since: now() }
    await store.tokens.disconnect({ ...ours, to }, written('connection.disconnected', now()))
    expect(await store.webhooks.status(ours.tenantId)).toBeNull()
    expect((await db.q.select().from(db.tables.webhookHints)).map(({ tenantId }) => tenantId)).toEqual([
      theirs.tenantId,
    ])
  })
})

describe.each(dialects)('what a provider told on $dialect', ({ test }) => {
  test('waits once, however often and by however many it is told', async ({ db, url, store }) => {
    const tenant = await tenantWithWebhooks(store)
    const other = await openDatabase(url)
    const told = (index: number) =>
      (index % 2 ? store : storeOn(other)).webhooks.addHint(tenant, { kind: 'companies', id: 'c-1' }, 2_000, now())
    await race(20, told)
    expect(await store.webhooks.claimHints(['companies'], 10, minute, now())).toEqual([])
    await makeHintsDue(db)
    const hints = await store.webhooks.claimHints(['companies', 'contacts'], 10, minute, now())
    expect(hints).toEqual([{ tenantId: tenant.tenantId, kind: 'companies', id: 'c-1', told: 20 }])
    expect((await store.webhooks.status(tenant.tenantId))?.lastHintAt).toBeInstanceOf(Date)
    await other.close()
  })

  test('is not put off by what is told meanwhile', async ({ db, store }) => {
    const tenant = await tenantWithWebhooks(store)
    const tell = () => store.webhooks.addHint(tenant, { kind: 'companies', id: 'c-1' }, 2_000, now())
    await tell()
    const { webhookHints } = db.tables
    await db.q
      .update(webhookHints)
      .set({ dueAt: db.time.plus(1_000, now()) })
      .where(eq(webhookHints.tenantId, tenant.tenantId))
    const [before] = await db.q.select().from(webhookHints)
    await tell()
    const [after] = await db.q.select().from(webhookHints)
    expect(after?.dueAt).toEqual(before?.dueAt)
  })

  test('is handed to one of many, and is due again when whoever took it died', async ({ db, store }) => {
    const tenant = await tenantWithWebhooks(store)
    for (let n = 0; n < 10; n += 1) await store.webhooks.addHint(tenant, { kind: 'contacts', id: `c-${n}` }, 0, now())
    await makeHintsDue(db)
    const taken = await race(4, () => store.webhooks.claimHints(['contacts'], 4, minute, now()))
    const ids = taken.flat().map(({ id }) => id)
    expect(new Set(ids).size).toBe(ids.length)
    await makeHintsDue(db)
    expect(await store.webhooks.claimHints(['contacts'], 20, minute, now())).toHaveLength(10)
  })

  test('is forgotten once it was worked on, unless it was told again meanwhile', async ({ db, store }) => {
    const tenant = await tenantWithWebhooks(store)
    for (const id of ['once', 'again']) await store.webhooks.addHint(tenant, { kind: 'contacts', id }, 0, now())
    await makeHintsDue(db)
    const hints = await store.webhooks.claimHints(['contacts'], 10, minute, now())
    await store.webhooks.addHint(tenant, { kind: 'contacts', id: 'again' }, 0, now())
    await store.webhooks.finishHints(hints)
    await makeHintsDue(db)
    expect(await store.webhooks.claimHints(['contacts'], 10, minute, now())).toMatchObject([{ id: 'again', told: 2 }])
  })
})
