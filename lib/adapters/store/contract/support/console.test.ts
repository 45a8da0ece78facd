import { randomUUID } from 'node:crypto'
import { eq, sql } from 'drizzle-orm'
import { describe, expect } from 'vitest'
import type { Database } from '#lib/adapters/store/engine/database.ts'
import type { TenantId } from '#lib/domain/accounts/tenant.ts'
import { type ConsoleView, urgencies } from '#lib/domain/support/console-view.ts'
import type { Store } from '#lib/ports/deps.ts'
import { createTenant, entryOf, newUser, noon, pendingOf, plus } from '#lib/testing/database/fixtures.ts'
import { dialects } from '#lib/testing/database/fresh-database.ts'

const everything: ConsoleView = {
  ...{ prefixes: [], urgency: null, provider: null, failedSince: null },
  sort: { by: 'urgency', descending: false },
}
const byName: ConsoleView = { ...everything, sort: { by: 'name', descending: false } }

const add = async (store: Store, name: string, ref: string | null = null) => {
  const id = randomUUID() as TenantId
  await store.accounts.addTenant({ id, name, ref }, entryOf('tenant.created'))
  return id
}

const names = async (store: Store, view: Partial<ConsoleView>) =>
  (await store.console.list({ ...byName, ...view }, null, 50)).rows.map(({ tenant }) => tenant.name)

/** Puts a tenant's connections as they would stand. */
const put = async (
  { q, tables: { connections } }: Database,
  id: TenantId,
  to: Partial<typeof connections.$inferInsert>,
) => q.update(connections).set(to).where(eq(connections.tenantId, id))

describe.each(dialects)('support’s list on $dialect', ({ test }) => {
  test('finds a tenant by beginnings of its name, its reference and its admins’ addresses; all must match', async ({
    store,
  }) => {
    const id = await add(store, 'Établissements Vandenbroeck-Lacroix & Fils', 'NX-10482')
    await add(store, 'Vandenbroeck Énergie')
    await store.accounts.addUser(newUser(id, { email: 'anne.thiry@lacroix.example' }), entryOf('user.created'))
    await store.accounts.addUser(newUser(null, { email: 'lacroix@pro.example' }), entryOf('user.created'))
    const [first, second] = ['Établissements Vandenbroeck-Lacroix & Fils', 'Vandenbroeck Énergie']
    for (const prefixes of [
      ['lac'],
      ['van', 'etab'],
      ['10482'],
      ['nx', 'thiry', 'fil'],
      ['anne', 'lacroix', 'example'],
    ])
      expect(await names(store, { prefixes }), prefixes.join()).toEqual([first])
    expect(await names(store, { prefixes: ['van'] })).toEqual([first, second])
    for (const prefixes of [['andenbroeck'], ['van', 'zzz'], ['zzz', 'van'], ['pro']])
      expect(await names(store, { prefixes }), prefixes.join()).toEqual([])
  })

  test('compares words and names byte by byte, whatever the language of the database', async ({ db }) => {
    const raw = db.q as unknown as Record<
      'execute' | 'all',
      (statement: unknown) => Promise<object[] & { rows: object[] }>
    >
    const columns = ['connections sort_name', 'search_words word', 'tenants sort_name']
    if ('execute' in db.q) {
      const { rows } = await raw.execute(sql`select table_name || ' ' || column_name from information_schema.columns
        where collation_name = 'C' and table_schema = 'public' order by 1`)
      expect(rows.flatMap(Object.values)).toEqual(expect.arrayContaining(columns))
    } else {
      const made = await raw.all(sql`select sql from sqlite_master where sql like '%COLLATE%'`)
      expect(made).toEqual([])
    }
  })

  test('puts those who need help first, and within a state those who wait the longest', async ({ store, db }) => {
    const put2 = async (name: string, to: Parameters<typeof put>[2]) => put(db, await add(store, name), to)
    await put2('well', { state: 'connected' })
    await put2('paused', { state: 'reconnect_required', reason: 'revoked', enabled: false })
    await put2('new', { state: 'unconfigured', enabled: false })
    await put2('late', { state: 'reconnect_required', since: plus(1) })
    await put2('early', { state: 'reconnect_required', since: plus(0) })
    await put2('disturbed', { state: 'degraded', since: plus(-60_000) })
    await put2('wrong', { state: 'misconfigured' })
    await put2('waiting', { state: 'awaiting_authorization' })
    await put2('replaced', { state: 'reconnect_required', supersededAt: noon })
    const order = ['early', 'late', 'wrong', 'disturbed', 'waiting', 'well', 'paused', 'new']
    expect(await names(store, everything)).toEqual(order)
    const upside = { ...everything.sort, descending: true }
    expect(await names(store, { sort: upside })).toEqual(order.toReversed())
    expect(await names(store, { ...everything, urgency: 'reconnect_required' })).toEqual(['early', 'late'])
    expect(await names(store, { urgency: 'paused', provider: 'teamleader' })).toEqual(['paused'])
    expect(await store.console.count(noon)).toEqual({
      tenants: 9,
      archived: 0,
      inNeed: 4,
      connections: {
        ...Object.fromEntries(urgencies.map((urgency) => [urgency, 1])),
        reconnect_required: 2,
      },
      failed: 0,
    })
    expect(await store.console.countReplaced('teamleader')).toEqual({ done: 1, left: 7 })
  })

  test('is walked whole in pages, there and back, whatever the order', async ({ store, db }) => {
    const ids: TenantId[] = []
    for (const [index, name] of ['b', 'a', 'Ä', 'a', 'é', 'z', 'E'].entries()) {
      const id = await add(store, `${name} client`)
      await put(db, id, { state: index % 2 ? 'degraded' : 'connected', since: plus(index % 3) })
      ids.push(id)
    }
    for (const by of ['urgency', 'name'] as const)
      for (const descending of [false, true])
        for (const more of [{}, { prefixes: ['client'] }, { urgency: 'degraded' as const }]) {
          const view = { ...everything, ...more, sort: { by, descending } }
          const { rows: whole } = await store.console.list(view, null, 50)
          expect(whole).toHaveLength('urgency' in more ? 3 : 7)
          const walk = async (backward: boolean, from: (typeof whole)[number] | undefined) => {
            const seen = []
            for (let place = from?.place; place; ) {
              const { rows } = await store.console.list(view, { place, backward }, 2)
              if (backward) rows.reverse()
              seen.push(...rows)
              place = rows.at(-1)?.place
            }
            return seen
          }
          expect(await walk(false, whole[0])).toEqual(whole.slice(1))
          expect(await walk(true, whole.at(-1))).toEqual(whole.slice(0, -1).reverse())
        }
  })

  test('says whose authorization failed since then', async ({ store, db }) => {
    const fixture = await createTenant(store, 'Refusée SRL')
    await add(store, 'Tranquille SRL')
    const pending = pendingOf(fixture)
    await store.authorizations.addPending(pending, { now: noon, entry: entryOf('authorization.departed') })
    expect((await store.console.count(noon)).failed).toBe(0)
    const { pendingAuthorizations } = db.tables
    await db.q.update(pendingAuthorizations).set({ step: 'failed', steppedAt: plus(1) })
    expect((await store.console.count(noon)).failed).toBe(1)
    expect((await store.console.count(plus(1))).failed).toBe(0)
    expect(await names(store, { failedSince: noon })).toEqual(['Refusée SRL'])
    expect(await names(store, { failedSince: noon, prefixes: ['ref'] })).toEqual(['Refusée SRL'])
    expect(await names(store, { failedSince: noon, prefixes: ['tran'] })).toEqual([])
    expect(await names(store, { failedSince: plus(1) })).toEqual([])
  })

  test('says so when a word fits more tenants than it looks at', async ({ store, db }) => {
    const { tenants, searchWords } = db.tables
    const one = { name: 'x', sortName: 'x', createdAt: noon }
    const many = Array.from({ length: 1001 }, (_, n) => ({ ...one, id: `t${n}` as TenantId }))
    await db.q.insert(tenants).values(many)
    const messages = (word: string) => many.map(({ id }) => ({ tenantId: id, word }))
    await db.q.insert(searchWords).values([...messages('broad'), ...messages('common').slice(1)])
    const partial = async (...prefixes: string[]) =>
      (await store.console.list({ ...byName, prefixes }, null, 1)).partial
    expect([await partial('broad'), await partial('comm'), await partial('broad', 'comm')]).toEqual([
      true,
      false,
      false,
    ])
  })

  test('completes tenants from before there was a search, once', async ({ store, db }) => {
    const { tenants, connections, searchWords } = db.tables
    const [bare, half] = [randomUUID() as TenantId, (await createTenant(store, 'Épicerie Ooms')).tenantId]
    await db.q.insert(tenants).values({ id: bare, name: 'Zinc SA', ref: 'Q7', createdAt: noon })
    await db.q.delete(searchWords)
    for (const table of [tenants, connections]) await db.q.update(table).set({ sortName: '' })
    expect(await store.console.indexTenants(1)).toBe(1)
    expect(await store.console.indexTenants(10)).toBe(1)
    expect(await store.console.indexTenants(10)).toBe(0)
    expect(await names(store, {})).toEqual(['Épicerie Ooms', 'Zinc SA'])
    expect(await names(store, { prefixes: ['atelier', 'epi'] })).toEqual(['Épicerie Ooms'])
    expect(await store.authorizations.find(half, 'teamleader')).toMatchObject({ revision: 1, client: {} })
    expect(await names(store, { prefixes: ['q7'] })).toEqual(['Zinc SA'])
  })

  test('counts what waits for the operator: what is tried again, and what was refused lately', async ({
    store,
    db,
  }) => {
    const reason = 'provider_configuration'
    for (const [name, row] of Object.entries({
      waiting: { state: 'degraded', reason },
      disturbed: { state: 'degraded', reason: 'provider_unavailable' },
      paused: { state: 'degraded', reason, enabled: false },
      refused: { state: 'awaiting_authorization', reason, since: plus(1) },
      earlier: { state: 'awaiting_authorization', reason, since: plus(-1) },
    } as const))
      await put(db, await add(store, name), row)
    expect(await store.console.countOperatorFault(noon)).toBe(2)
    expect(await store.console.countOperatorFault(plus(2))).toBe(1)
    expect(await store.console.countSharedClients()).toEqual([])
  })
})
