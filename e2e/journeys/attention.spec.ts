import type { Locator, Page } from '@playwright/test'
import { offerAnother } from '../harness/connection.ts'
import { askForCode, expect, keyPage, test } from '../harness/customer.ts'
import { teoSection } from '../pages/teo-section.ts'
import { connect, expectState, fillClient, messages, press, tlGroup } from '../pages/tl-group-section.ts'

const question = (page: Page) => tlGroup(page).locator('[data-asks]')

/** Where the focus is, and that it is in sight. */
const expectHeld = async (place: Locator) => {
  await expect(place).toBeFocused()
  await expect(place).toBeInViewport()
}

for (const [device, viewport] of [
  ['a desktop', { width: 1440, height: 900 }],
  ['a phone', { width: 390, height: 760 }],
] as const)
  test(`on ${device}, what a saved code asks is in sight and has the focus, and so has what was decided`, async ({
    admin,
    customer,
    server,
  }) => {
    await admin.setViewportSize(viewport)
    await fillClient(admin, customer)
    const { location } = await askForCode(server, customer)
    await tlGroup(admin).getByLabel('Auth Code (V2)').fill(location)
    await press(admin, 'Enregistrer')
    await expectHeld(question(admin))
    await press(admin, messages.question.keepNothing)
    await expectHeld(tlGroup(admin).getByRole('status').filter({ hasText: messages.question.decided.keep }))
  })

test('a question that is there when the page opens has the focus', async ({ admin, customer, server }) => {
  await connect(admin, customer)
  await expectState(admin, 'connected', 'Success')
  await offerAnother(server, customer)
  await admin.goto(keyPage)
  await expectHeld(question(admin))
  await press(admin, messages.question.acceptReplace)
  await expectHeld(tlGroup(admin).getByRole('status').filter({ hasText: messages.question.decided.accept }))
})

test('« Remettre en marche » goes with its pause, and the focus with what is so now', async ({ admin, customer }) => {
  await connect(admin, customer)
  await tlGroup(admin).getByRole('switch', { name: 'Statut' }).uncheck()
  await expectState(admin, 'paused', 'Success')
  await tlGroup(admin).getByRole('button', { name: messages.button.resume }).press('Enter')
  await expectHeld(tlGroup(admin).locator('[data-outcome]'))
  await expect(tlGroup(admin).locator('[data-outcome]')).toContainText(messages.headline.connected.label)
})

test('a failure that no field is to blame for is told in sight', async ({ admin, customer, server }) => {
  await admin.setViewportSize({ width: 390, height: 760 })
  await fillClient(admin, customer)
  const { location } = await askForCode(server, customer)
  await server.sandbox.script({ clientId: customer.integration.clientId }, [{ status: 503 }])
  await tlGroup(admin).getByLabel('Auth Code (V2)').fill(location)
  await press(admin, 'Enregistrer')
  await expectHeld(tlGroup(admin).locator('[data-outcome]'))
})

test('« Déconnecter » takes the focus, holds it, and gives it back', async ({ admin, customer }) => {
  await connect(admin, customer)
  await expectState(admin, 'connected', 'Success')
  const asks = tlGroup(admin).getByRole('button', { name: messages.button.disconnect, exact: true })
  const dialog = admin.getByRole('dialog', { name: messages.disconnect.title })
  // a press before the script is there opens a popover, which holds no focus
  const isHydrated = () => asks.evaluate((at) => Object.keys(at).some((key) => key.startsWith('__reactProps')))
  await expect.poll(isHydrated).toBe(true)
  await asks.press('Enter')
  await expect(dialog.getByRole('button', { name: messages.disconnect.keep })).toBeFocused()
  for (let presses = 0; presses < 6; presses += 1) {
    await admin.keyboard.press('Tab')
    const outside = await admin.evaluate(() => {
      const { activeElement: at, body } = document
      return at !== body && at?.closest('dialog') === null
    })
    expect(outside).toBe(false)
  }
  await admin.keyboard.press('Escape')
  await expect(dialog).toBeHidden()
  await expect(asks).toBeFocused()
})

test('« Statut » acts at once, can be undone, and leaves what is typed alone', async ({ admin, customer, server }) => {
  await connect(admin, customer)
  await expectState(admin, 'connected', 'Success')
  const secret = tlGroup(admin).getByLabel('Client Secret (V2)')
  const status = tlGroup(admin).getByRole('switch', { name: 'Statut' })
  await secret.fill(customer.integration.clientSecret)
  await status.uncheck()
  await expectState(admin, 'paused', 'Success')
  await expect(secret).toHaveValue(customer.integration.clientSecret)
  await tlGroup(admin).getByRole('button', { name: messages.status.undo }).click()
  await expectState(admin, 'connected', 'Success')
  await expect(status).toBeChecked()
  await expect(secret).toHaveValue(customer.integration.clientSecret)
  // what was read before the switch is still saved over it
  await press(admin, 'Enregistrer')
  await expect(tlGroup(admin).getByText(messages.key.saved, { exact: true })).toBeVisible()
  await expect(tlGroup(admin).getByRole('button', { name: messages.status.undo })).toHaveCount(0)
  await expect(tlGroup(admin).getByText(messages.failures.edited_elsewhere.cause)).toHaveCount(0)
  await admin.goto(`${server.url}${keyPage}`)
  await expect(status).toBeChecked()
})

test('what is typed and not saved is not left without a word', async ({ admin, customer, server }) => {
  const asked: string[] = []
  admin.on('dialog', async (dialog) => {
    asked.push(dialog.type())
    await dialog.dismiss()
  })
  await admin.reload()
  expect(asked).toEqual([])
  await teoSection(admin).getByLabel('TEO ID').click()
  await teoSection(admin).getByLabel('TEO ID').pressSequentially('x')
  await admin.getByRole('button', { name: messages.shell.signOut }).click()
  await expect.poll(() => asked).toEqual(['confirm'])
  await fillClient(admin, customer)
  await press(admin, 'Se connecter à Teamleader')
  await expect.poll(() => asked).toEqual(['confirm', 'confirm'])
  await admin.evaluate(() => location.assign('/administratif/journal'))
  await expect.poll(() => asked).toEqual(['confirm', 'confirm', 'beforeunload'])
  await expect(admin).toHaveURL(`${server.url}${keyPage}`)
  await expect(teoSection(admin).getByLabel('TEO ID')).toHaveValue('x')
})
