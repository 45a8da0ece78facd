import { expectAccessible } from '../harness/accessibility.ts'
import { askForCode, expect, fillSignIn, keyPage, test, tokenRequests } from '../harness/customer.ts'
import {
  expectFailure,
  expectState,
  fillClient,
  leave,
  messages,
  press,
  save,
  stateFromCookie,
  tlGroup,
} from '../pages/tl-group-section.ts'

test('a pasted address is exchanged at once, and its account asks first', async ({ admin, customer, server }) => {
  await fillClient(admin, customer)
  const { location } = await askForCode(server, customer)
  await tlGroup(admin).getByLabel('Auth Code (V2)').fill(location)
  await press(admin, 'Enregistrer')
  await expect(tlGroup(admin).getByText('Success', { exact: true })).toBeVisible()
  await expect(tlGroup(admin).getByText(/^Connecter le compte .*Marie Delvaux.* \?$/)).toBeVisible()
  await press(admin, messages.question.accept)
  await expectState(admin, 'connected', 'Success')
  expect(await tokenRequests(server, customer)).toMatchObject([{ status: 200 }])
})

test('a pasted address with this browser’s own state connects unasked', async ({ admin, customer, server }) => {
  await leave(admin, customer)
  const state = stateFromCookie(admin)
  const { location } = await askForCode(server, customer, '/oauth/callback', state)
  await admin.goto(keyPage)
  await tlGroup(admin).getByLabel('Auth Code (V2)').fill(location)
  await press(admin, 'Enregistrer')
  await expectState(admin, 'connected', 'Success')
})

test('a code pasted twice is exchanged once', async ({ admin, customer, server }) => {
  await fillClient(admin, customer)
  const { code } = await askForCode(server, customer)
  for (const _ of ['first', 'second']) {
    await tlGroup(admin).getByLabel('Auth Code (V2)').fill(code)
    await press(admin, 'Enregistrer')
    await expect(tlGroup(admin).getByText('Success', { exact: true })).toBeVisible()
  }
  await expect(tlGroup(admin).getByText(messages.failures.exchange_done.cause)).toBeVisible()
  await expectAccessible(admin)
  expect(await tokenRequests(server, customer)).toHaveLength(1)
})

test('what is no code is refused at the field, without a call', async ({ admin, customer, server }) => {
  await fillClient(admin, customer)
  await tlGroup(admin).getByLabel('Auth Code (V2)').fill('https://app.example/?error=access_denied')
  await press(admin, 'Enregistrer')
  await expectFailure(admin, 'code_malformed')
  expect(await tokenRequests(server, customer)).toEqual([])
})

test('a code that comes without a state waits for « Enregistrer », then asks', async ({ admin, customer, server }) => {
  await save(admin, customer)
  const { location } = await askForCode(server, customer)
  await admin.goto(location)
  await admin.waitForURL(`${server.url}${keyPage}`)
  await expect(tlGroup(admin).getByLabel('Auth Code (V2)')).toHaveValue(/^Code reçu à \d\d:\d\d$/)
  await expectState(admin, 'code_received')
  await expectAccessible(admin)
  expect(await tokenRequests(server, customer)).toEqual([])
  await press(admin, 'Enregistrer')
  await expect(tlGroup(admin).getByText(/^Connecter le compte .*Marie Delvaux.* \?$/)).toBeVisible()
  await press(admin, messages.question.accept)
  await expectState(admin, 'connected', 'Success')
  expect(await tokenRequests(server, customer)).toMatchObject([{ status: 200 }])
})

test('a code without a state waits through the sign-in, and can be forgotten', async ({ page, customer, server }) => {
  const { location } = await askForCode(server, customer)
  await page.goto(location)
  await page.waitForURL(`${server.url}/connexion`)
  await expect(page.getByText(messages.signIn.codeReceived)).toBeVisible()
  await fillSignIn(page, customer)
  await page.waitForURL(`${server.url}${keyPage}`)
  await expectState(page, 'code_received')
  await expect(tlGroup(page).getByRole('button', { name: 'Enregistrer' }).first()).toBeInViewport()
  await press(page, messages.button.forgetCode)
  await expectState(page, 'unconfigured')
  expect(await tokenRequests(server, customer)).toEqual([])
})
