import { expectAccessible } from '../harness/accessibility.ts'
import { connectAhead, offerAnother } from '../harness/connection.ts'
import { enter, expect, keyPage, test } from '../harness/customer.ts'
import { HttpClient } from '../harness/http-client.ts'
import { newReader } from '../pages/reader.ts'
import { messages } from '../pages/tl-group-section.ts'

test('a reader sees how the connections stand, and has nothing to press', async ({ page, server, customer }) => {
  await connectAhead(server, customer)
  const reader = await newReader(server, customer.tenantId)
  await enter(page, server, reader)
  const tlGroup = page.getByRole('region', { name: 'TL Group' })
  await expect(tlGroup).toContainText(messages.headline.connected.label)
  await expect(tlGroup.getByLabel('Auth Status')).toHaveText('Success')
  await expect(tlGroup).toContainText('Marie Delvaux')
  await expect(page.getByRole('region', { name: 'téo' })).toContainText(messages.headline.unconfigured.label)
  const main = page.getByRole('main')
  for (const role of ['button', 'textbox', 'switch', 'radio', 'link'] as const)
    await expect(main.getByRole(role), role).toHaveCount(0)
  await expect(page.getByRole('navigation').getByRole('link', { name: messages.shell.guide })).toHaveCount(0)
  await expectAccessible(page)
  await offerAnother(server, customer)
  await page.reload()
  await expect(tlGroup).toContainText(messages.reader.question)
})

test('a reader reads the journal without addresses, and takes no file along', async ({ page, server, customer }) => {
  await connectAhead(server, customer)
  const reader = await newReader(server, customer.tenantId)
  // somebody was here, from an address that an admin can read
  const address = '192.0.2.77'
  await server.compose(({ signIn }) => signIn.begin({ ...customer, ip: address }))
  const admin = await HttpClient.signedIn(server, customer)
  expect((await admin.get('/administratif/journal')).html).toContain(address)
  const client = await HttpClient.signedIn(server, reader)
  const shown = await client.get('/administratif/journal')
  expect(shown.html).not.toContain(address)
  expect(shown.html).not.toContain(customer.email)
  expect((await client.get('/administratif/journal/export')).status).toBe(404)
  await enter(page, server, reader)
  await page.goto('/administratif/journal')
  await expect(page.getByRole('link', { name: messages.journal.filter.export })).toHaveCount(0)
  await page.goto(keyPage)
  await expectAccessible(page)
})

test('no page that a reader may open holds an address but their own', async ({ server, customer }) => {
  await connectAhead(server, customer)
  const reader = await newReader(server, customer.tenantId)
  const client = await HttpClient.signedIn(server, reader)
  await HttpClient.signedIn(server, customer)
  for (const path of [keyPage, '/administratif/journal?show=everything', '/administratif/synchronisation']) {
    const { status, html } = await client.get(path)
    expect(status, path).toBe(200)
    const addresses = html.match(/[\w.+-]+@[\w-]+(?:\.[\w-]+)+/g) ?? []
    expect(
      addresses.filter((address) => address !== reader.email),
      path,
    ).toEqual([])
  }
})
