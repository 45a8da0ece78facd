import { afterEach, beforeEach, describe, expect, test } from 'vitest'
import { openDatabase } from '#lib/adapters/store/engine/open-database.ts'
import type { SupportUser } from '#lib/domain/accounts/user.ts'
import { openTestApp, type TestApp } from '#lib/testing/app/test-app.ts'
import { addCopy, fillCopy } from '#lib/testing/sync/filled-copy.ts'
import { eraseTenant } from './erase-tenant.ts'

const operator = { kind: 'operator' } as const

describe.each(['SQLite', 'PostgreSQL'])('a large customer on %s', (dialect) => {
  let testApp: TestApp
  beforeEach(async () => {
    testApp = await openTestApp({}, dialect)
  })
  afterEach(() => testApp.close())

  const addSupporter = async (): Promise<SupportUser> => {
    const { createAccounts, store } = testApp.app
    const email = 'anne@pro-plus.example'
    await createAccounts.addUser(
      { email, role: 'support', tenantId: null, password: 'une phrase assez longue' },
      operator,
    )
    const user = (await store.accounts.findSignIn(email))?.user
    if (user?.role !== 'support') throw new Error('nobody of support is there')
    return user
  }

  test('is erased step by step, by whoever goes on, and cannot be put back into service meanwhile', async () => {
    const { app } = testApp
    const db = await openDatabase(testApp.databaseUrl)
    const support = await addSupporter()
    const filled = { list: 'contacts', perChange: 100, deleted: 0 } as const
    const [tenantId, other] = [await addCopy(db, filled), await addCopy(db, filled)]
    await fillCopy(db, tenantId, { ...filled, records: 450 })
    await fillCopy(db, other, { ...filled, records: 10 })
    const find = async () => {
      const tenant = await app.store.accounts.findTenant(tenantId)
      if (!tenant) throw new Error('the tenant is not there')
      return tenant
    }
    await app.manageTenants.archive(support, await find())
    for await (const _ of await app.exportTenant(await find(), operator));

    // whose time is over after one step
    let nowMs = 0
    const monotonicMs = () => {
      nowMs += 1_000
      return nowMs
    }
    const scrub = async () => true
    const { begin } = eraseTenant({ ...app, monotonicMs }, { bucketsOf: () => [], scrub }, { remove: async () => true })
    const { archivedAt } = await find()
    expect(archivedAt && (await begin(await find(), { kind: 'user', userId: support.id }, archivedAt))).toBe(false)
    expect(await app.eraseTenant.progress()).toMatchObject([{ id: tenantId, name: 'Atelier', left: 250 }])
    const { manageTenants } = app
    await expect(manageTenants.unarchive(support, await find())).rejects.toMatchObject({ code: 'tenant_changed' })
    expect(await manageTenants.erase(support, await find(), 'Atelier')).toBe(false)

    // two processes at once
    while ((await Promise.all([app.eraseTenant.resume(), app.eraseTenant.resume()])).some(Boolean));
    expect(await app.store.accounts.findTenant(tenantId)).toBeNull()
    expect(await app.eraseTenant.progress()).toEqual([])
    const { contacts, journal } = db.tables
    const left = await db.q.select({ tenantId: contacts.tenantId }).from(contacts)
    expect(left.map((row) => row.tenantId)).toEqual(Array.from({ length: 10 }, () => other))
    const told = (await db.q.select().from(journal)).filter(({ detail }) => detail.tenant === tenantId)
    expect(told.map(({ event, userId }) => [event, userId]).sort()).toEqual([
      ['tenant.erased', support.id],
      ['tenant.erasure_begun', support.id],
    ])
    await db.close()
  })
})
