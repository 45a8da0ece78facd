import { jeanBaptiste } from '../../lib/sandbox/teamleader/seeds.ts'
import { expectAccessible } from '../harness/accessibility.ts'
import { expect, offerAnother, startAuthorizationAhead, test } from '../harness/connection.ts'
import { keyPage, tokenRequests } from '../harness/customer.ts'
import { HttpClient } from '../harness/http-client.ts'
import {
  connect,
  consent,
  expectState,
  leave,
  messages,
  press,
  signInAtTeamleader,
  tlGroup,
} from '../pages/tl-group-section.ts'

test('an admin connects Teamleader, and the page says to which account', async ({ admin, customer, server }) => {
  await expectState(admin, 'unconfigured', "Aucun essai pour l'instant")
  await expectAccessible(admin)
  await connect(admin, customer)
  await admin.waitForURL(`${server.url}${keyPage}`)
  await expectState(admin, 'connected', 'Success')
  const section = tlGroup(admin)
  await expect(section.getByText('Marie Delvaux').first()).toBeVisible()
  await expect(section.getByText('marie.delvaux@atelier-delvaux.example').first()).toBeVisible()
  expect(await tokenRequests(server, customer)).toMatchObject([{ grant_type: 'authorization_code', status: 200 }])
  await expectAccessible(admin)
})

test('what is shown as URL de redirection is what is sent', async ({ admin, customer, server }) => {
  const shown = `${server.url}/oauth/callback`
  await expect(
    tlGroup(admin).getByLabel('URL de redirection').or(tlGroup(admin).getByText(shown)).first(),
  ).toBeVisible()
  await leave(admin, customer)
  const { requests } = await server.sandbox.journal(customer.integration.clientId)
  expect(requests.filter(({ endpoint }) => endpoint === 'authorize').length).toBeGreaterThan(0)
  await admin.goto(keyPage)
  await expect(tlGroup(admin).getByText(messages.failures.never_returned.cause)).toBeVisible()
  await expectAccessible(admin)
})

test('a connection outlives a reload and a sign-out', async ({ wired, browser, server }) => {
  await wired.reload()
  await expectState(wired, 'connected', 'Success')
  await wired.getByRole('button', { name: messages.shell.signOut }).click()
  await wired.waitForURL('**/connexion')
  await wired.goto(keyPage)
  await wired.waitForURL(/\/connexion\?next=/)
  const elsewhere = await browser.newPage({ baseURL: server.url })
  await elsewhere.goto(keyPage)
  await expect(elsewhere).toHaveURL(/\/connexion\?next=/)
  await elsewhere.close()
})

test('reconnecting the same account asks nothing and replaces the tokens', async ({ wired, customer, server }) => {
  await press(wired, messages.button.reconnect)
  await signInAtTeamleader(wired)
  await consent(wired)
  await wired.waitForURL(`${server.url}${keyPage}`)
  await expectState(wired, 'connected', 'Success')
  expect(await tokenRequests(server, customer)).toHaveLength(2)
})

test.describe('another account comes back', () => {
  test('the page asks, showing both; the answer replaces it', async ({ admin, customer }) => {
    await connect(admin, customer)
    await expectState(admin, 'connected', 'Success')
    await press(admin, messages.button.reconnect)
    await admin.getByRole('link', { name: 'Changer de compte' }).click()
    await admin.getByLabel('Adresse e-mail').fill(jeanBaptiste.email)
    await admin.getByLabel('Mot de passe').fill(jeanBaptiste.password)
    await admin.getByRole('button', { name: 'Se connecter' }).click()
    await consent(admin)
    await expect(tlGroup(admin).getByText('Remplacer le compte connecté ?')).toBeVisible()
    await expect(tlGroup(admin).getByText('Marie Delvaux').first()).toBeVisible()
    await expect(tlGroup(admin).getByText('Jean-Baptiste Vandenbroeck').first()).toBeVisible()
    await expectAccessible(admin)
    await press(admin, messages.question.acceptReplace)
    await expectState(admin, 'connected', 'Success')
    await expect(tlGroup(admin).getByText('Jean-Baptiste Vandenbroeck').first()).toBeVisible()
    await expect(tlGroup(admin).getByText('Marie Delvaux', { exact: true })).toHaveCount(0)
  })

  test('the admin may keep the one that works', async ({ wired, customer, server }) => {
    await offerAnother(server, customer)
    await wired.goto(keyPage)
    await press(wired, messages.question.keep.replace('{name}', 'Marie Delvaux'))
    await expectState(wired, 'connected', 'Success')
    await expect(tlGroup(wired).getByText('Jean-Baptiste Vandenbroeck')).toHaveCount(0)
    await wired.reload()
    await expect(tlGroup(wired).getByText('Marie Delvaux').first()).toBeVisible()
  })

  test('an answer to an older question changes nothing', async ({ wired: late, customer, server }) => {
    await offerAnother(server, customer)
    await late.goto(keyPage)
    await expect(tlGroup(late).getByText('Remplacer le compte connecté ?')).toBeVisible()
    await offerAnother(server, customer)
    await expect.poll(async () => (await tokenRequests(server, customer)).length).toBe(3)
    await press(late, messages.question.acceptReplace)
    await expect(late.getByText(messages.failures.candidate_replaced.cause)).toBeVisible()
    await late.goto(keyPage)
    await expect(tlGroup(late).getByText('Remplacer le compte connecté ?')).toBeVisible()
  })
})

test('a pause keeps the connection, and « Se connecter » switches on again', async ({ wired: admin }) => {
  const status = tlGroup(admin).getByRole('switch', { name: 'Statut' })
  await expect(status).toBeChecked()
  await status.uncheck()
  await expectState(admin, 'paused', 'Success')
  await expectAccessible(admin)
  await press(admin, 'Se connecter à Teamleader')
  await signInAtTeamleader(admin)
  await consent(admin)
  await expectState(admin, 'connected', 'Success')
  await expect(status).toBeChecked()
})

test('a form at fault says so at the field, asks nobody, and loses nothing that was typed', async ({
  admin,
  customer,
  server,
}) => {
  const id = tlGroup(admin).getByLabel('Client ID (V2)')
  const secret = tlGroup(admin).getByLabel('Client Secret (V2)')
  await id.fill('tooshort')
  await secret.fill(customer.integration.clientSecret)
  await press(admin, 'Enregistrer')
  await expect(tlGroup(admin).getByText(messages.failures.client_id_length.cause)).toBeVisible()
  await expect(id).toHaveAttribute('aria-invalid', 'true')
  await expect(id).toHaveValue('tooshort')
  await expect(secret).toHaveValue(customer.integration.clientSecret)
  await expectAccessible(admin)
  await id.fill('74db53122ef0913c240ffeeda65c9e2a')
  await press(admin, 'Enregistrer')
  await expect(tlGroup(admin).getByText(messages.failures.client_id_example.cause)).toBeVisible()
  await id.fill(` ${customer.integration.clientId} `)
  await press(admin, 'Enregistrer')
  await expectState(admin, 'awaiting_authorization')
  await expect(id).toHaveValue(customer.integration.clientId)
  expect(await tokenRequests(server, customer)).toEqual([])
})

test('a stored secret never comes back: the field shows its last characters and stays empty', async ({
  customer,
  server,
}) => {
  const { clientSecret } = customer.integration
  await startAuthorizationAhead(server, customer)
  const { html } = await (await HttpClient.signedIn(server, customer)).get(keyPage)
  const field = html.match(/<input[^>]*name="clientSecret"[^>]*>/)?.[0] ?? ''
  expect(field).toContain(clientSecret.slice(-4))
  expect(field).not.toMatch(/ value="[^"]/)
  expect(html).not.toContain(clientSecret)
})
