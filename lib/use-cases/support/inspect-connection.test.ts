import { afterAll, beforeAll, expect, test } from 'vitest'
import { connectedTenant, minute } from '#lib/testing/app/connected-tenant.ts'
import { openTestApp, type TestApp } from '#lib/testing/app/test-app.ts'
import { type MailServer, startMailServer } from '#lib/testing/servers/mail-server.ts'

let mails: MailServer
let testApp: TestApp
beforeAll(async () => {
  mails = await startMailServer()
  testApp = await openTestApp(mails.settings)
})
afterAll(async () => {
  await testApp.close()
  await mails.close()
})

const send = async () => {
  await testApp.app.notifyIncidents()
  while ((await testApp.app.dispatchDeliveries()) > 0);
}

test('support reads whom the mails about a broken connection reached, when, and who came since', async () => {
  const { admin, script } = await connectedTenant(testApp)
  const look = async () => (await testApp.app.inspectConnection.find(admin.tenantId, 'teamleader'))?.notified
  await script([{ revoke: true }])
  testApp.clock.move(25 * 60 * minute)
  await testApp.work()
  expect(await look()).toBeNull()
  testApp.clock.move(minute)
  // in the outbox, and not yet with anybody
  await testApp.app.notifyIncidents()
  expect(await look()).toBeNull()
  await send()
  expect(await look()).toEqual({ names: [admin.name], at: testApp.clock.now(), visited: false })

  testApp.clock.move(minute)
  await testApp.app.signIn.begin({ email: admin.email, password: 'une phrase assez longue', ip: null })
  expect(await look()).toMatchObject({ visited: true })

  testApp.clock.move(minute)
  await testApp.app.assistConnection.askToReconnect({ id: admin.id, tenantId: admin.tenantId, ip: null }, 'teamleader')
  await send()
  expect(await look()).toEqual({ names: [admin.name], at: testApp.clock.now(), visited: false })
  expect((await testApp.app.inspectConnection.find(admin.tenantId, 'teo'))?.notified ?? null).toBeNull()
})
