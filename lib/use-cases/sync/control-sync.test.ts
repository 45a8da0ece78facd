import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { hourMs, minuteMs } from '#lib/domain/duration.ts'
import { openTestApp, type TestApp } from '#lib/testing/app/test-app.ts'
import { pass, settle } from '#lib/testing/sync/copied-tenant.ts'
import { type SmallCopies, smallCopies } from '#lib/testing/sync/small-copy.ts'

let testApp: TestApp
let small: SmallCopies
beforeAll(async () => {
  testApp = await openTestApp()
  small = smallCopies(testApp)
})
afterAll(() => testApp.close())

const history = (tenantId: string) => testApp.app.store.sync.history(tenantId as never, 20)

describe('« Tout relire »', () => {
  it('reads every page again, counts, and tells who asked for it', async () => {
    const { admin, clientId } = await small.copied()
    const before = await small.statusOf(admin)
    // nobody at the provider says that it changed
    testApp.records().companies.edit(small.draw(1), { name: 'Renommée en silence SRL' }, { touch: false })
    const calls = await testApp.calls(clientId, 'companies.list')
    await pass(testApp, 2 * minuteMs)
    await testApp.app.controlSync.ofProvider(admin, 'teamleader', 'reread')
    expect(await small.statusOf(admin)).toMatchObject({ requested: true })
    await settle(testApp)
    const after = await small.statusOf(admin)
    expect((await testApp.calls(clientId, 'companies.list')) - calls).toBeGreaterThanOrEqual(3)
    expect(after.provenAt?.getTime()).toBeGreaterThan(before.provenAt?.getTime() ?? 0)
    expect(after).toMatchObject({ requested: false, failure: null, records: 250 })
    const [run] = (await history(admin.tenantId)).filter(({ list, by }) => list === 'companies' && by !== null)
    expect(run).toMatchObject({ by: admin.name, outcome: 'ok', tally: { changed: 1 } })
    expect(run?.tally.read).toBeGreaterThanOrEqual(250)
  })

  it('begins anew what was under way', async () => {
    const { admin } = await small.copied()
    await testApp.app.controlSync.reread(admin, 'companies')
    await testApp.app.copies.readDue()
    await testApp.app.controlSync.reread(admin, 'companies')
    expect((await testApp.app.store.sync.find(admin.tenantId, 'companies'))?.checkpoint).toMatchObject({
      ...{ run: null, thorough: true },
    })
    await settle(testApp)
    expect(await small.statusOf(admin)).toMatchObject({ failure: null, phase: null })
  })
})

describe('« Vérifier tout »', () => {
  it('is told as a check with who asked for it, though nothing was missing', async () => {
    const { admin } = await small.copied()
    await testApp.app.controlSync.verify(admin, 'companies')
    await settle(testApp)
    const runs = await history(admin.tenantId)
    expect(runs.find(({ kind }) => kind === 'check')).toMatchObject({ list: 'companies', by: admin.name })
  })

  it('of a list that is read whole is a run', async () => {
    const { admin } = await small.copied()
    await testApp.app.controlSync.verify(admin, 'departments')
    await settle(testApp)
    expect(await small.statusOf(admin, 'departments')).toMatchObject({ failure: null, records: 3 })
  })
})

describe('the buttons of a provider', () => {
  it('are for its lists alone, and refused where none is copied', async () => {
    const { admin } = await small.copied()
    await testApp.app.controlSync.ofProvider(admin, 'teamleader', 'stop')
    for (const list of ['companies', 'contacts', 'departments'] as const)
      expect((await small.statusOf(admin, list)).stopped?.by).toBe(admin.name)
    await expect(testApp.app.controlSync.ofProvider(admin, 'teo', 'stop')).rejects.toMatchObject({
      code: 'not_connected',
    })
    await testApp.app.controlSync.ofProvider(admin, 'teamleader', 'request')
    await settle(testApp)
    expect(await small.statusOf(admin)).toMatchObject({ stopped: null, requested: false })
  })
})

describe('a mass deletion that is held', () => {
  const mails = async (tenantId: string) =>
    (await testApp.app.store.deliveries.list(tenantId as never, 20)).filter(({ kind }) => kind === 'deletion_question')

  it('is told to each admin once, is counted, and is no more once answered', async () => {
    const { admin } = await small.copied()
    const { store, controlSync } = testApp.app
    testApp.records().companies.remove(small.draw(60))
    await controlSync.verify(admin, 'companies')
    await settle(testApp)
    expect(await store.sync.countHeld(admin.tenantId)).toBe(1)
    expect(await mails(admin.tenantId)).toHaveLength(1)
    await pass(testApp, 3 * hourMs)
    await settle(testApp)
    expect(await mails(admin.tenantId)).toHaveLength(1)
    await controlSync.answer(admin, 'companies', 'keep')
    await settle(testApp)
    expect(await store.sync.countHeld(admin.tenantId)).toBe(0)
    const { count, records } = await store.sync.odd(admin.tenantId, ['companies', 'contacts'], 20)
    expect(records.filter(({ oddity }) => oddity === 'kept')).toHaveLength(20)
    expect(count).toBeGreaterThanOrEqual(60)
  })
})
