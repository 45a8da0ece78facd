import { jeanBaptiste } from '../../lib/sandbox/teamleader/seeds.ts'
import { expectAccessible } from '../harness/accessibility.ts'
import { askForCode, expect, fillSignIn, keyPage, test, tokenRequests } from '../harness/customer.ts'
import {
  connect,
  consent,
  expectFailure,
  expectState,
  fillClient,
  messages,
  press,
  save,
  tlGroup,
} from '../pages/tl-group-section.ts'

test.describe('without JavaScript', () => {
  test.use({ javaScriptEnabled: false })

  test('an admin signs in, mistypes, connects, pauses, and is asked about another account', async ({
    admin,
    customer,
    server,
  }) => {
    await expectState(admin, 'unconfigured', "Aucun essai pour l'instant")
    await tlGroup(admin).getByLabel('Client ID (V2)').fill('tooshort')
    await tlGroup(admin).getByLabel('Client Secret (V2)').fill(customer.integration.clientSecret)
    await press(admin, 'Enregistrer')
    await expect(tlGroup(admin).getByText(messages.failures.client_id_length.cause)).toBeVisible()
    await expect(tlGroup(admin).getByLabel('Client ID (V2)')).toHaveValue('tooshort')
    await expect(tlGroup(admin).getByLabel('Client Secret (V2)')).toHaveValue('')
    await expect(tlGroup(admin).getByText(messages.problem.retype).first()).toBeVisible()
    expect(await admin.content()).not.toContain(customer.integration.clientSecret)
    await connect(admin, customer)
    await expectState(admin, 'connected', 'Success')
    await expect(tlGroup(admin).getByText('Marie Delvaux').first()).toBeVisible()
    await tlGroup(admin).getByRole('switch', { name: 'Statut' }).uncheck()
    await press(admin, 'Enregistrer')
    await expectState(admin, 'paused')
    await press(admin, 'Se connecter à Teamleader')
    await admin.getByRole('link', { name: 'Changer de compte' }).click()
    await fillSignIn(admin, jeanBaptiste)
    await consent(admin)
    await press(admin, messages.question.acceptReplace)
    await expectState(admin, 'connected', 'Success')
    await expect(tlGroup(admin).getByText('Jean-Baptiste Vandenbroeck').first()).toBeVisible()
    // switched on again, the first connection may have been refreshed on the way
    const exchanges = (await tokenRequests(server, customer)).filter(
      ({ grant_type }) => grant_type === 'authorization_code',
    )
    expect(exchanges).toHaveLength(2)
  })

  test('a pasted code that is refused is said so, and has to be typed again', async ({ admin, customer, server }) => {
    await server.sandbox.turn({ clientId: customer.integration.clientId }, { code_ttl_s: -1 })
    const { code } = await askForCode(server, customer)
    await fillClient(admin, customer)
    await tlGroup(admin).getByLabel('Auth Code (V2)').fill(code)
    await press(admin, 'Enregistrer')
    await expectState(admin, 'refused', 'Failed, Status code: BadRequest')
    await expectFailure(admin, 'code_expired')
    await expect(tlGroup(admin).getByLabel('Auth Code (V2)')).toHaveValue('')
    expect(await admin.content()).not.toContain(code)
  })

  test('a code of the old guide waits, is consented to, and asks', async ({ admin, customer, server }) => {
    await save(admin, customer)
    const { location } = await askForCode(server, customer, '/')
    await admin.goto(location)
    await admin.waitForURL(`${server.url}${keyPage}`)
    await expectState(admin, 'code_received')
    await press(admin, 'Enregistrer')
    await press(admin, messages.question.accept)
    await expectState(admin, 'connected', 'Success')
  })

  test('an admin signs out', async ({ admin }) => {
    await admin.getByRole('button', { name: messages.shell.signOut }).click()
    await admin.waitForURL('**/connexion')
    await admin.goto(keyPage)
    await admin.waitForURL(/\/connexion\?next=/)
  })
})

test.describe('with JavaScript', () => {
  test('a page at fault stays accessible under a small screen and a large text', async ({ admin, customer }) => {
    await admin.setViewportSize({ width: 390, height: 844 })
    await fillClient(admin, customer, 'zz')
    await press(admin, 'Enregistrer')
    await expect(tlGroup(admin).getByText(messages.failures.client_secret_length.cause)).toBeVisible()
    await expectAccessible(admin)
    const overflow = await admin.evaluate(
      () => document.documentElement.scrollWidth - document.documentElement.clientWidth,
    )
    expect(overflow).toBe(0)
  })
})
