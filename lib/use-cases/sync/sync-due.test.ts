import { afterAll, beforeAll, expect, it } from 'vitest'
import { openTestApp, type TestApp } from '#lib/testing/app/test-app.ts'
import { copiedTenant, settle } from '#lib/testing/sync/copied-tenant.ts'

let testApp: TestApp
beforeAll(async () => {
  testApp = await openTestApp()
})
afterAll(() => testApp.close())

it('lists of one account take turns: none waits until another is read to its end', async () => {
  testApp.records().seed({ companies: 1_500, contacts: 1_500, departments: 3, seed: 1, burst: 1 })
  const { admin, clientId } = await copiedTenant(testApp)
  const counts = () =>
    Promise.all(['companies', 'contacts', 'departments'].map((list) => testApp.calls(clientId, `${list}.list`)))
  let met: number[] | null = null
  await settle(testApp, async () => {
    const status = await testApp.app.store.sync.status(admin.tenantId)
    const reached = status.some(({ list, completeAt }) => list !== 'departments' && completeAt)
    if (met === null && reached) met = await counts()
    return false
  })
  const [companies, contacts, departments] = met ?? []
  expect(Math.abs((companies ?? 0) - (contacts ?? 0))).toBeLessThanOrEqual(2)
  expect(departments).toBe(1)
})
