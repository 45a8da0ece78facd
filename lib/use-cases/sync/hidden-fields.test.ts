import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import type { Admin } from '#lib/domain/accounts/user.ts'
import { minuteMs } from '#lib/domain/duration.ts'
import { openTestApp, type TestApp } from '#lib/testing/app/test-app.ts'
import { differences, equal, pass, settle } from '#lib/testing/sync/copied-tenant.ts'
import { type SmallCopies, smallCopies } from '#lib/testing/sync/small-copy.ts'

const few = { companies: 40, contacts: 10 }

describe.each(['SQLite', 'PostgreSQL'])('a right that hides fields, on %s', (dialect) => {
  let testApp: TestApp
  let small: SmallCopies
  beforeAll(async () => {
    testApp = await openTestApp({}, dialect)
    small = smallCopies(testApp)
  })
  afterAll(() => testApp.close())

  const hide = (clientId: string, hidden_properties: string[]) =>
    testApp.control.turn({ clientId }, { hidden_properties })
  const edit = async (ids: readonly string[], name: string) => {
    testApp.records().companies.edit(ids, { name })
    await pass(testApp, 6 * minuteMs)
    await settle(testApp)
  }
  const stored = async ({ tenantId }: Admin, ids: readonly string[]) =>
    (await testApp.app.store.sync.bodies(tenantId, 'companies', ids)).map(({ body }) => body)
  const giveBack = async (admin: Admin, clientId: string) => {
    await hide(clientId, [])
    await testApp.app.controlSync.ofProvider(admin, 'teamleader', 'request')
    await settle(testApp)
    expect(await small.statusOf(admin)).toMatchObject({ failure: null, hidden: [] })
    expect(await differences(testApp, admin, 'companies')).toEqual(equal)
  }

  it('replaces nothing, pauses its list alone and names the fields, until it is given back', async () => {
    const { admin, clientId } = await small.copied({}, few)
    await hide(clientId, ['business_type', 'vat_number'])
    const ids = small.draw(20)
    await edit(ids, 'Renommée SRL')
    const { failure, records, hidden } = await small.statusOf(admin)
    expect([failure, records, [...hidden].sort()]).toEqual(['fields_hidden', 40, ['business_type', 'vat_number']])
    expect(await small.statusOf(admin, 'contacts')).toMatchObject({ failure: null, hidden: [] })
    const bodies = await stored(admin, ids)
    expect(bodies.filter((body) => !('business_type' in body) || body.name === 'Renommée SRL')).toEqual([])
    await giveBack(admin, clientId)
  })

  it('is noticed as well where records change one by one, and none of them forgets anything meanwhile', async () => {
    const { admin, clientId } = await small.copied({}, few)
    await hide(clientId, ['business_type'])
    const [first = '', second = '', third = ''] = small.draw(3)
    await edit([first], 'Première SRL')
    await edit([second], 'Deuxième SRL')
    expect((await small.statusOf(admin)).failure).toBeNull()
    await edit([third], 'Troisième SRL')
    expect(await small.statusOf(admin)).toMatchObject({ failure: 'fields_hidden', hidden: ['business_type'] })
    const bodies = await stored(admin, [first, second, third])
    expect(bodies.map((body) => 'business_type' in body)).toEqual([true, true, true])
    expect(bodies.map(({ name }) => name)).toEqual(expect.arrayContaining(['Première SRL', 'Deuxième SRL']))
    await giveBack(admin, clientId)
  })

  it('is taken as it is once somebody asks to read everything again', async () => {
    const { admin, clientId } = await small.copied({}, few)
    await hide(clientId, ['business_type'])
    await testApp.app.controlSync.ofProvider(admin, 'teamleader', 'reread')
    await settle(testApp)
    expect((await small.statusOf(admin)).failure).toBeNull()
    expect((await stored(admin, small.draw(20))).filter((body) => 'business_type' in body)).toEqual([])
  })
})
