import type { Page } from '@playwright/test'
import { expectAccessible } from '../harness/accessibility.ts'
import {
  acceptOperator,
  connectThroughOperator,
  expect,
  operatorClient,
  refuseOperator,
  test,
} from '../harness/connection.ts'
import { enter, keyPage } from '../harness/customer.ts'
import { newSupporter } from '../pages/support.ts'
import {
  consent,
  expectState,
  fillClient,
  messages,
  press,
  signInAtTeamleader,
  tlGroup,
} from '../pages/tl-group-section.ts'

test.use({ moreSettings: operatorClient })

const { integration, guide } = messages
const connectButton = 'Se connecter à Teamleader'

/** Moves the focus on by Tab until it is there. */
const tabTo = async (page: Page, name: string) => {
  for (let presses = 0; presses < 60; presses += 1) {
    await page.keyboard.press('Tab')
    if ((await page.evaluate(() => document.activeElement?.textContent?.trim())) === name) return
  }
  throw new Error(`no Tab leads to « ${name} »`)
}

const expectIntegration = async (page: Page, whose: 'shared' | 'own') => {
  const fact = tlGroup(page).locator('.facts .row', { hasText: integration.fact })
  await expect(fact.getByRole('definition')).toHaveText(integration[whose])
}

test('one click and the consent connect a customer, by keyboard alone', async ({ admin }) => {
  await expect(tlGroup(admin).getByText(integration.oneClick)).toBeVisible()
  await expect(tlGroup(admin).getByLabel('Client ID (V2)')).toBeHidden()
  await expectAccessible(admin)
  await tabTo(admin, connectButton)
  await admin.keyboard.press('Enter')
  await signInAtTeamleader(admin)
  await tabTo(admin, 'DONNER ACCÈS')
  await admin.keyboard.press('Enter')
  await expectState(admin, 'connected', 'Success')
  await expectIntegration(admin, 'shared')
  await expect(tlGroup(admin).getByText('Marie Delvaux').first()).toBeVisible()
  await expectAccessible(admin)
  await tlGroup(admin).locator('summary', { hasText: integration.useOwn }).focus()
  await admin.keyboard.press('Enter')
  await expect(tlGroup(admin).getByLabel('Client ID (V2)')).toBeVisible()
  await expectAccessible(admin)
  await tlGroup(admin).getByLabel('Client ID (V2)').fill('tooshort')
  await press(admin, integration.connectOwn)
  await expect(tlGroup(admin).getByText(messages.failures.client_id_length.cause)).toBeVisible()
})

test('the guide has two steps', async ({ admin }) => {
  await admin.getByRole('link', { name: guide.follow }).click()
  await expect(admin.getByText(guide.ledeShared)).toBeVisible()
  await expect(admin.locator('.step')).toHaveCount(2)
  await expectAccessible(admin)
  await admin.getByRole('button', { name: guide.onward.replace('{next}', guide.steps.connect.next) }).click()
  await expect(admin.locator('[aria-current="step"] h2')).toHaveText(guide.steps.connect.title)
  await expectAccessible(admin)
  await admin.getByRole('button', { name: connectButton }).click()
  await signInAtTeamleader(admin)
  await consent(admin)
  await expect(admin.getByText(guide.ledeDone)).toBeVisible()
})

test('a fault of the operator’s is told to support, and asks nothing of the customer', async ({
  page,
  server,
  customer,
  browser,
}) => {
  await connectThroughOperator(server, customer)
  await refuseOperator(server, customer)
  await enter(page, server, customer)
  const { cause, fix } = messages.failures.provider_configuration
  await expect(tlGroup(page).getByText(cause)).toBeVisible()
  await expect(tlGroup(page).getByText(fix)).toBeVisible()
  await expectAccessible(page)
  const elsewhere = await browser.newContext({ baseURL: server.url, locale: 'fr-BE' })
  const desk = await elsewhere.newPage()
  await enter(desk, server, await newSupporter(server))
  await desk.goto('/support')
  await expect(desk.getByText(messages.console.operatorFault.text)).toBeVisible()
  await expectAccessible(desk)
  await desk.goto(`/support/${customer.tenantId}`)
  await expect(desk.getByText(messages.console.operatorFault.fix)).toBeVisible()
  await elsewhere.close()
  await acceptOperator(server)
})

test.describe('without JavaScript', () => {
  test.use({ javaScriptEnabled: false })

  test('the operator’s, a pause, one’s own, and back: the connection works all the while', async ({
    admin,
    customer,
  }) => {
    await press(admin, connectButton)
    await signInAtTeamleader(admin)
    await consent(admin)
    await expectState(admin, 'connected', 'Success')
    await tlGroup(admin).getByRole('switch', { name: 'Statut' }).uncheck()
    await press(admin, 'Enregistrer')
    await expectState(admin, 'paused')
    await press(admin, connectButton)
    await consent(admin)
    await expectState(admin, 'connected', 'Success')
    await tlGroup(admin).getByText(integration.useOwn).click()
    await tlGroup(admin).getByLabel('Client ID (V2)').fill('tooshort')
    await press(admin, integration.connectOwn)
    await expect(tlGroup(admin).getByText(messages.failures.client_id_length.cause)).toBeVisible()
    await fillClient(admin, customer)
    await press(admin, integration.connectOwn)
    await consent(admin)
    await expectState(admin, 'connected', 'Success')
    await expectIntegration(admin, 'own')
    await press(admin, integration.switch)
    await consent(admin)
    await expectState(admin, 'connected', 'Success')
    await expectIntegration(admin, 'shared')
    await admin.goto(keyPage)
    await tlGroup(admin).getByText(integration.useOwn).click()
    await expect(tlGroup(admin).getByLabel('Client ID (V2)')).toHaveValue(customer.integration.clientId)
  })
})
