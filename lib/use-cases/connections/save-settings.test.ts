import { eq } from 'drizzle-orm'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import type { Admin } from '#lib/domain/accounts/user.ts'
import { inDatabase } from '#lib/testing/app/connected-tenant.ts'
import { openTestApp, type TestApp } from '#lib/testing/app/test-app.ts'

let testApp: TestApp
beforeAll(async () => {
  testApp = await openTestApp()
})
afterAll(() => testApp.close())

const id = '9c1f4e07b2d84a6e8f305d1a7c62be49'
const secret = 'a94c0e7713b84f26d05e9b1f6632c8de'

const save = (admin: Admin, change: Partial<Parameters<TestApp['app']['saveSettings']>[2]> = {}) =>
  testApp.app.saveSettings(admin, 'teamleader', {
    revision: 0,
    enabled: true,
    clientId: id,
    clientSecret: secret,
    ...change,
  })

describe('saving the form', () => {
  it('keeps the secret sealed, and shows its end alone', async () => {
    const admin = await testApp.addAdmin()
    expect((await save(admin)).problems).toEqual([])
    const stored = await testApp.app.store.authorizations.findClient(admin.tenantId, 'teamleader', id)
    expect(stored?.sealedSecret).not.toContain(secret)
    expect((await testApp.view(admin)).secret?.last4).toBe('c8de')
  })

  it('shows no end of a secret that is short', async () => {
    const admin = await testApp.addAdmin()
    const typed = { revision: 0, enabled: null, clientId: '12345', clientSecret: 'x'.repeat(15) }
    await testApp.app.saveSettings(admin, 'teamleader-v1', typed)
    const stored = await testApp.app.store.authorizations.find(admin.tenantId, 'teamleader-v1')
    expect(stored).toMatchObject({ enabled: true, client: { secretLast4: '' } })
  })

  it('shows no end of a short secret that was stored with it', async () => {
    const admin = await testApp.addAdmin()
    const typed = { revision: 0, enabled: null, clientId: '12345', clientSecret: 'x'.repeat(15) }
    await testApp.app.saveSettings(admin, 'teamleader-v1', typed)
    await inDatabase(testApp, async ({ q, tables: { clients } }) => {
      await q.update(clients).set({ secretLast4: 'xxxx' }).where(eq(clients.tenantId, admin.tenantId))
    })
    const stored = await testApp.app.store.authorizations.find(admin.tenantId, 'teamleader-v1')
    expect(stored?.client?.secretLast4).toBe('')
  })

  it('with an empty secret keeps the stored one; for another Client ID there is none', async () => {
    const admin = await testApp.addAdmin()
    await save(admin)
    const again = await save(admin, { revision: 1, clientSecret: '', enabled: false })
    expect(again.record).toMatchObject({ enabled: false, client: { secretVersion: 1, secretLast4: 'c8de' } })
    const other = await save(admin, { revision: 2, clientId: 'b'.repeat(32), clientSecret: '' })
    expect(other.problems).toEqual([{ code: 'client_secret_missing', field: 'clientSecret' }])
  })

  it('tells every problem at once, and stores nothing', async () => {
    const admin = await testApp.addAdmin()
    const { problems, record: saved } = await save(admin, { clientId: 'short', clientSecret: 'short' })
    expect(problems.map(({ code }) => code)).toEqual(['client_id_length', 'client_secret_length'])
    expect(saved).toBeNull()
    const stored = { revision: 0, client: null, status: { state: 'unconfigured' } }
    expect(await testApp.app.store.authorizations.find(admin.tenantId, 'teamleader')).toMatchObject(stored)
  })

  it('warns of a character that is not hexadecimal, and saves', async () => {
    const admin = await testApp.addAdmin()
    const { warnings, record: saved } = await save(admin, { clientId: `${id.slice(1)}z` })
    expect(warnings).toEqual([{ code: 'not_hexadecimal', field: 'clientId' }])
    expect(saved?.client?.identifier).toBe(`${id.slice(1)}z`)
  })

  it('twice with the same values saves once; after somebody else saved it is refused', async () => {
    const admin = await testApp.addAdmin()
    await Promise.all([save(admin), save(admin)])
    expect((await testApp.record(admin)).revision).toBe(1)
    await save(admin, { revision: 1, enabled: false })
    await expect(save(admin, { revision: 1, clientSecret: 'c'.repeat(32) })).rejects.toMatchObject({
      code: 'edited_elsewhere',
    })
    expect((await testApp.journal(admin)).filter((line) => line === 'settings.saved ok')).toHaveLength(2)
  })

  it('switches off and on again, and knows who did', async () => {
    const admin = await testApp.addAdmin()
    await save(admin)
    await save(admin, { revision: 1, enabled: false })
    const { paused } = await testApp.record(admin)
    expect(paused).toMatchObject({ by: admin.name })
    await save(admin, { revision: 2, enabled: false, clientSecret: 'd'.repeat(32) })
    expect((await testApp.record(admin)).paused).toEqual(paused)
    await save(admin, { revision: 3 })
    expect(await testApp.record(admin)).toMatchObject({ enabled: true, paused: null })
  })

  it('leaves another tenant with the same Client ID alone', async () => {
    const [one, two] = [await testApp.addAdmin('Un'), await testApp.addAdmin('Deux')]
    await save(one)
    await save(two, { clientSecret: 'e'.repeat(32) })
    expect((await testApp.view(one)).secret?.last4).toBe('c8de')
    expect((await testApp.view(two)).secret?.last4).toBe('eeee')
  })
})
