import { afterAll, beforeAll, expect, test } from 'vitest'
import type { Admin } from '#lib/domain/accounts/user.ts'
import type { MarkedStep, TypedChoices } from '#lib/domain/guide/guide.ts'
import { type Office, openOffice } from '#lib/testing/app/test-app.ts'

let office: Office
beforeAll(async () => {
  office = await openOffice()
})
afterAll(() => office.close())

const nothing = { integrationName: '', shortDescription: '' }

const show = async (admin: Admin) => {
  const view = await office.app.getConnection.show(admin, 'teamleader', { waitingCode: null, notice: null })
  return office.app.guideProgress.show(admin, view, null)
}
const finish = (admin: Admin, step: MarkedStep, typed: Partial<TypedChoices> = {}) =>
  office.app.guideProgress.finish(admin, step, { ...nothing, ...typed })

test('a tenant goes on where it left off, and its name is used from there on', async () => {
  const admin = await office.addAdmin('Atelier Delvaux SRL')
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
  const reported = (await office.journal(admin)).filter((entry) => entry === 'guide.step_done ok')
  expect(reported).toHaveLength(4)
})

test('the same step said twice is told once', async () => {
  const admin = await office.addAdmin()
  await finish(admin, 'access')
  await finish(admin, 'access')
  expect((await office.journal(admin)).filter((entry) => entry === 'guide.step_done ok')).toHaveLength(1)
})

test('one tenant’s steps are not another’s', async () => {
  const [one, other] = [await office.addAdmin(), await office.addAdmin()]
  await finish(one, 'sign_in')
  expect(await show(other)).toMatchObject({ open: 'sign_in' })
})

test('a connected tenant has nothing left to do', async () => {
  const { admin } = await office.connected()
  const { open, steps } = await show(admin)
  expect([open, steps.every(({ done }) => done)]).toEqual(['connect', true])
})
