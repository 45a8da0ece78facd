import { afterEach, beforeEach, describe, expect, test } from 'vitest'
import type { StoredTenant } from '#lib/domain/accounts/tenant.ts'
import type { Admin, SupportUser } from '#lib/domain/accounts/user.ts'
import { wholeJournal } from '#lib/domain/journal/journal-view.ts'
import type { ConsoleView } from '#lib/domain/support/console-view.ts'
import { prefixesOf } from '#lib/domain/support/search-words.ts'
import { openTestApp, type TestApp } from '#lib/testing/app/test-app.ts'

const operator = { kind: 'operator' } as const
const password = 'une phrase assez longue'
const all: ConsoleView = {
  ...{ prefixes: [], urgency: null, provider: null, failedSince: null },
  sort: { by: 'name', descending: false },
}

describe.each(['SQLite', 'PostgreSQL'])('a customer in the hands of support on %s', (dialect) => {
  let testApp: TestApp
  let support: SupportUser
  beforeEach(async () => {
    testApp = await openTestApp({}, dialect)
    const account = { email: 'anne@pro-plus.example', role: 'support', tenantId: null, password } as const
    await testApp.app.createAccounts.addUser(account, operator)
    const found = await testApp.app.store.accounts.findSignIn(account.email)
    if (found?.user.role !== 'support') throw new Error('no support')
    support = found.user
  })
  afterEach(() => testApp.close())

  const tenantOf = async ({ tenantId }: Pick<Admin, 'tenantId'>): Promise<StoredTenant> => {
    const tenant = await testApp.app.store.accounts.findTenant(tenantId)
    if (!tenant) throw new Error('no tenant')
    return tenant
  }

  const listed = async (view: Partial<ConsoleView> = {}) =>
    (await testApp.app.store.console.list({ ...all, ...view }, null, 100)).rows.map(({ tenant }) => tenant.id)

  const events = async ({ tenantId }: Admin) =>
    (await testApp.app.store.journal.list(tenantId, wholeJournal, null, 50)).map(({ event }) => event)

  /** Somebody who can sign in, and a key of theirs. */
  const withAccess = async ({ tenantId }: Admin) => {
    const { createAccounts, manageApiKeys, signIn } = testApp.app
    const email = `${testApp.app.random.uuid()}@atelier.example`
    await createAccounts.addUser({ email, role: 'admin', tenantId, password }, operator)
    const key = await manageApiKeys.create({ name: 'Compta', tenantId, scopes: ['teamleader:token'] }, operator)
    const platform = await manageApiKeys.create(
      { name: 'Pro+', tenantId: null, scopes: ['teamleader:token'] },
      operator,
    )
    const enter = () => signIn.begin({ email, password, ip: null })
    const ask = (bearer: string | null, named?: string) =>
      manageApiKeys.authenticateForToken(
        { authorization: `Bearer ${bearer}`, tenantHeader: named, anyOf: ['teamleader:token'], ip: null },
        'teamleader',
      )
    return { email, enter, answers: async () => [await ask(key), await ask(platform, tenantId)] }
  }

  test('archived, it is paused, lets nobody in and is hidden; back in service, all is as it was', async () => {
    const { admin } = await testApp.connected()
    const { app } = testApp
    const other = await testApp.addAdmin()
    const access = await withAccess(admin)
    const session = await access.enter()
    const before = await testApp.record(admin)
    await app.requestPasswordReset.request(access.email, null)

    await app.manageTenants.archive(support, await tenantOf(admin))
    expect(await testApp.record(admin)).toMatchObject({ enabled: false, status: before.status })
    expect(await app.sessions.findUser(session.id)).toBeNull()
    await expect(access.enter()).rejects.toMatchObject({ code: 'credentials_wrong' })
    for (const answer of await access.answers()) expect(answer).toEqual({ refused: 'tenant_unknown' })
    expect(await listed()).toEqual([other.tenantId])
    expect(await listed({ archived: true })).toEqual([admin.tenantId])
    expect(await app.store.console.count(new Date(0))).toMatchObject({ tenants: 1, archived: 1 })
    const { turn } = app.assistConnection
    const by = { id: support.id, tenantId: admin.tenantId }
    const { revision } = await testApp.record(admin)
    await expect(turn(by, 'teamleader', true, revision)).rejects.toMatchObject({ code: 'edited_elsewhere' })
    await app.switchConnection(admin, 'teamleader', true)
    expect(await testApp.record(admin)).toMatchObject({ enabled: false })
    await expect(app.manageTenants.archive(support, await tenantOf(admin))).rejects.toMatchObject({
      code: 'tenant_changed',
    })

    await app.manageTenants.unarchive(support, await tenantOf(admin))
    expect(await testApp.record(admin)).toMatchObject({ enabled: true, paused: null, status: before.status })
    for (const answer of await access.answers()) expect(answer).toMatchObject({ tenantId: admin.tenantId })
    await access.enter()
    expect(await app.getAccessToken.obtain({ ...admin, provider: 'teamleader', minTtlMs: 0 })).toMatchObject({})
    expect(await listed({ archived: true })).toEqual([])
    expect(await events(admin)).toEqual(expect.arrayContaining(['tenant.archived', 'tenant.unarchived']))
    expect((await testApp.record(admin)).tokenSet?.refreshDueAt).toBeInstanceOf(Date)
  })

  test('what was paused before it was archived stays paused', async () => {
    const { admin } = await testApp.connected()
    const { switchConnection, manageTenants } = testApp.app
    await switchConnection(admin, 'teamleader', false)
    testApp.clock.pass(1_000)
    await manageTenants.archive(support, await tenantOf(admin))
    await manageTenants.unarchive(support, await tenantOf(admin))
    expect(await testApp.record(admin)).toMatchObject({ enabled: false })
  })

  test('renamed, it is found and sorted by its new name alone; a name that changed meanwhile stays', async () => {
    const admin = await testApp.addAdmin()
    const other = await testApp.addAdmin()
    const { manageTenants } = testApp.app
    const tenant = await tenantOf(admin)
    const found = (word: string) => listed({ prefixes: prefixesOf(word) })
    await manageTenants.rename(support, await tenantOf(other), { name: 'Zinc', ref: 'ZN-1' })
    await manageTenants.rename(support, tenant, { name: '  Éclair\u0301age Dubois ', ref: 'NX-7' })
    expect(await tenantOf(admin)).toMatchObject({ name: 'Éclaiŕage Dubois', ref: 'NX-7' })
    expect(await found('dubois')).toEqual([admin.tenantId])
    expect(await found('nx 7')).toEqual([admin.tenantId])
    expect(await found(tenant.name)).toEqual([])
    expect(await listed()).toEqual([admin.tenantId, other.tenantId])
    const rename = (seen: StoredTenant, name: string, ref: string | null) =>
      manageTenants.rename(support, seen, { name, ref })
    await expect(rename(tenant, 'Autre', null)).rejects.toMatchObject({ code: 'tenant_changed' })
    const now = await tenantOf(admin)
    await expect(rename(now, ' ', 'a b')).rejects.toMatchObject({ codes: ['tenant_name_missing', 'ref_malformed'] })
    await expect(rename(now, 'Dubois', 'ZN-1')).rejects.toMatchObject({ code: 'ref_taken' })
    await rename(now, 'Dubois', null)
    expect(await tenantOf(admin)).toMatchObject({ name: 'Dubois', ref: null })
  })

  test('is erased once it is archived, exported since, and named', async () => {
    const { admin } = await testApp.connected()
    const { manageTenants, exportTenant, store } = testApp.app
    const erase = async (typed?: string) => {
      const tenant = await tenantOf(admin)
      return manageTenants.erase(support, tenant, typed ?? tenant.name)
    }
    const take = async () => {
      for await (const _ of await exportTenant(await tenantOf(admin), operator));
    }
    await take()
    await expect(erase()).rejects.toMatchObject({ code: 'tenant_changed' })
    testApp.clock.pass(1_000)
    await manageTenants.archive(support, await tenantOf(admin))
    await expect(erase()).rejects.toMatchObject({ code: 'export_missing' })
    await take()
    await expect(erase('Autre chose')).rejects.toMatchObject({ code: 'tenant_name_differs' })
    const stale = await tenantOf(admin)
    await manageTenants.unarchive(support, stale)
    await expect(manageTenants.erase(support, stale, stale.name)).rejects.toMatchObject({ code: 'tenant_changed' })
    expect(await testApp.record(admin)).toMatchObject({ enabled: true })
    testApp.clock.pass(1_000)
    await manageTenants.archive(support, await tenantOf(admin))
    await take()
    await erase()
    expect(await store.accounts.findTenant(admin.tenantId)).toBeNull()
    const [last] = await store.journal.list('all', { ...wholeJournal, events: ['tenant.erased'] }, null, 1)
    expect(last).toMatchObject({ actor: { user: { role: 'support' } }, detail: { tenant: admin.tenantId } })
  })
})
