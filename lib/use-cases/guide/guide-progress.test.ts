import { afterAll, beforeAll, expect, test } from 'vitest'
import type { Admin } from '#lib/domain/accounts/user.ts'
import type { MarkedStep, TypedChoices } from '#lib/domain/guide/guide.ts'
import { openTestApp, type TestApp } from '#lib/testing/app/test-app.ts'

let testApp: TestApp
beforeAll(async () => {
  testApp = await openTestApp()
})
afterAll(() => testApp.close())

const nothing = { integrationName: '', shortDescription: '' }

const show = async (admin: Admin) => {
  const view = await testApp.app.getConnection.show(admin, 'teamleader', { waitingCode: null, notice: null })
  return testApp.app.guideProgress.show(admin, view, null)
}
const finish = (admin: Admin, step: MarkedStep, typed: Partial<TypedChoices> = {}) =>
  testApp.app.guideProgress.finish(admin, step, { ...nothing, ...typed })

test('a tenant goes on where it left off, and its name is used from there on', async () => {
  const admin = await testApp.addAdmin('Atelier Delvaux SRL')
  expect(await show(admin)).toMatchObject({ open: 'sign_in', integrationName: 'Pro+ Sync Atelier Delvaux' })
  await finish(admin, 'sign_in')
  await finish(admin, 'build')
  await finish(admin, 'create', { integrationName: ' Delvaux Sync ' })
  expect(await show(admin)).toMatchObject({
    open: 'redirect',
    integrationName: 'Delvaux Sync',
    shortDescription: 'Delvaux Sync',
  })
  await finish(admin, 'describe', { shortDescription: 'Our companies and contacts' })
  expect(await show(admin)).toMatchObject({ open: 'redirect', shortDescription: 'Our companies and contacts' })
  const reported = (await testApp.journal(admin)).filter((entry) => entry === 'guide.step_done ok')
  expect(reported).toHaveLength(4)
})

test('the same step done twice is journaled once', async () => {
  const admin = await testApp.addAdmin()
  await finish(admin, 'access')
  await finish(admin, 'access')
  expect((await testApp.journal(admin)).filter((entry) => entry === 'guide.step_done ok')).toHaveLength(1)
})

test('one tenant’s steps are not another’s', async () => {
  const [one, other] = [await testApp.addAdmin(), await testApp.addAdmin()]
  await finish(one, 'sign_in')
  expect(await show(other)).toMatchObject({ open: 'sign_in' })
})

test('a connected tenant has nothing left to do', async () => {
  const { admin } = await testApp.connected()
  const { open, steps } = await show(admin)
  expect([open, steps.every(({ done }) => done)]).toEqual(['connect', true])
})
