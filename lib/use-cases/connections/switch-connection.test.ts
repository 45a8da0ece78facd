import { afterAll, beforeAll, expect, it } from 'vitest'
import { connectedTenant, refusal } from '#lib/testing/app/connected-tenant.ts'
import { openTestApp, type TestApp } from '#lib/testing/app/test-app.ts'

let testApp: TestApp
beforeAll(async () => {
  testApp = await openTestApp()
})
afterAll(() => testApp.close())

it('a pause stops what is handed out and refreshed, and its end takes it up again; the revision stays', async () => {
  const { admin, obtain, row } = await connectedTenant(testApp)
  const { revision } = await testApp.record(admin)
  await testApp.app.switchConnection(admin, 'teamleader', false)
  await expect(obtain()).rejects.toEqual(refusal('connection_disabled'))
  expect((await row()).refreshDueAt).toBeNull()
  expect(await testApp.record(admin)).toMatchObject({ enabled: false, revision, paused: { at: testApp.clock.now() } })
  await testApp.app.switchConnection(admin, 'teamleader', true)
  expect((await obtain()).accessToken).toMatch(/^eyJ/)
  expect((await row()).refreshDueAt).not.toBeNull()
  expect(await testApp.record(admin)).toMatchObject({ enabled: true, revision, paused: null })
})

it('the same again changes nothing and is not journaled', async () => {
  const { admin } = await connectedTenant(testApp)
  const before = await testApp.journal(admin)
  await testApp.app.switchConnection(admin, 'teamleader', true)
  expect(await testApp.journal(admin)).toEqual(before)
  await Promise.all([1, 2, 3].map(() => testApp.app.switchConnection(admin, 'teamleader', false)))
  expect(await testApp.journal(admin)).toEqual([...before, 'settings.saved ok'])
})

it('there is nothing to switch before anything was saved', async () => {
  const admin = await testApp.addAdmin()
  await expect(testApp.app.switchConnection(admin, 'teo', false)).rejects.toEqual(refusal('not_connected'))
})
