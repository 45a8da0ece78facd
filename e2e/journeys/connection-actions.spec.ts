import type { Page } from '@playwright/test'
import { eq } from 'drizzle-orm'
import { expectAccessible } from '../harness/accessibility.ts'
import { askApi, reportRefused } from '../harness/api-client.ts'
import type { AppServer } from '../harness/app-server.ts'
import { allowClipboard, eventsOf, expect, receiveCode, test } from '../harness/connection.ts'
import { type Customer, keyPage, tokenRequests } from '../harness/customer.ts'
import {
  consent,
  expectFailure,
  expectState,
  messages,
  press,
  signInAtTeamleader,
  tlGroup,
} from '../pages/tl-group-section.ts'

const question = (page: Page) => page.getByRole('dialog', { name: 'Déconnecter Teamleader ?' })

/** Connected through an integration whose owner forgot a scope. */
const connectWithoutContacts = async (page: Page, server: AppServer, customer: Customer) => {
  const { integration } = customer
  await server.sandbox.integrate({ ...integration, scopes: ['companies', 'departments'] })
  await receiveCode(page, server, customer)
}

const expectTested = async (page: Page) => {
  const row = (name: string) => page.getByRole('row', { name: new RegExp(`^${name}`) })
  await expect(row('Entreprises')).toContainText(messages.test.answered)
  await expect(row('Contacts')).toContainText(messages.failures.read_forbidden.cause)
  await expect(row('Contacts')).toContainText(messages.failures.read_forbidden.fix)
  await expect(row('Entités')).toContainText(messages.test.answered)
}

/** Nothing is left to refresh or to hand out. */
const expectForgotten = async (server: AppServer, customer: Customer, key: string) => {
  expect(await askApi(server, key)).toMatchObject({ status: 404, json: { code: 'not_connected' } })
  const tokenSet = await server.inDatabase(({ q, tables: { tokenSets } }) =>
    q.select({ id: tokenSets.id }).from(tokenSets).where(eq(tokenSets.tenantId, customer.tenantId)),
  )
  expect(tokenSet).toEqual([])
}

test('« Tester la connexion » tells of each read, and words the one that is refused', async ({
  page,
  customer,
  server,
}) => {
  await connectWithoutContacts(page, server, customer)
  await press(page, 'Tester la connexion')
  await expect(tlGroup(page).getByText('2 lectures sur 3 ont réussi.')).toBeVisible()
  await expectTested(page)
  await expectAccessible(page)
  expect(await tokenRequests(server, customer)).toHaveLength(1)
})

test('« Déconnecter » asks, then forgets, and says where the integration itself is removed', async ({
  wired,
  customer,
  server,
  key,
}) => {
  await press(wired, 'Déconnecter')
  await expect(question(wired)).toContainText(messages.disconnect.stopsText)
  await expect(question(wired)).toContainText(messages.disconnect.elsewhereText)
  await expectAccessible(wired)
  await question(wired).getByRole('button', { name: messages.disconnect.keep }).click()
  await expect(question(wired)).toBeHidden()
  expect((await askApi(server, key)).status).toBe(200)
  await press(wired, 'Déconnecter')
  await question(wired).getByRole('button', { name: messages.disconnect.confirm }).click()
  await expect(tlGroup(wired).getByText(messages.disconnect.done)).toBeVisible()
  await expectState(wired, 'awaiting_authorization')
  await expectAccessible(wired)
  await expectForgotten(server, customer, key)
  // what is left is enough to come back
  await expect(tlGroup(wired).getByLabel('Client ID (V2)')).toHaveValue(customer.integration.clientId)
  await press(wired, 'Se connecter à Teamleader')
  await signInAtTeamleader(wired)
  await consent(wired)
  await expectState(wired, 'connected', 'Success')
  expect((await askApi(server, key)).status).toBe(200)
})

test('« Copier le diagnostic » tells what support needs, and no secret', async ({
  wired,
  customer,
  server,
  key,
  context,
}) => {
  const { clientId, clientSecret } = customer.integration
  const { access_token: accessToken } = (await askApi(server, key)).json
  await server.sandbox.script({ clientId }, [{ status: 503, body: `down ${clientSecret}` }])
  await reportRefused(server, key, 1)
  await wired.goto(keyPage)
  await expectState(wired, 'degraded', 'Success')
  await expectFailure(wired, 'renewal_delayed')
  await expectAccessible(wired)
  await allowClipboard(context, server)
  await press(wired, 'Copier le diagnostic')
  await expect(tlGroup(wired).getByRole('status').getByText(messages.help.copied)).toBeAttached()
  const copied = await wired.evaluate(() => navigator.clipboard.readText())
  for (const fact of [
    'state: degraded',
    'reason: provider_unavailable',
    'attempts: 1',
    `client_id: ${clientId}`,
    `redirect_uri: ${server.url}/oauth/callback`,
  ])
    expect(copied.split('\n')).toContain(fact)
  expect(copied).toMatch(/^\S+ token\.failed provider_unavailable .*status=503.* id=\S+$/m)
  for (const secret of [clientSecret, accessToken, accessToken.split('.').at(-1), key])
    expect(copied).not.toContain(secret)
})

test.describe('pressed twice', () => {
  test('« Tester la connexion » reads once', async ({ wired, customer, server }) => {
    await server.sandbox.script({ clientId: customer.integration.clientId }, [
      { on: 'contacts.list', delay_before: 300 },
    ])
    await tlGroup(wired).getByRole('button', { name: 'Tester la connexion' }).dblclick()
    await expect(tlGroup(wired).getByText('3 lectures sur 3 ont réussi.')).toBeVisible()
    // the copy reads the same lists, so that the sandbox's journal cannot tell
    expect((await eventsOf(server, customer)).filter((event) => event === 'connection.tested')).toHaveLength(1)
  })

  test('« Reconnecter » leaves once', async ({ wired, customer, server }) => {
    await tlGroup(wired).getByRole('button', { name: 'Reconnecter' }).dblclick()
    await signInAtTeamleader(wired)
    await consent(wired)
    await expectState(wired, 'connected', 'Success')
    const authorizations = (await eventsOf(server, customer)).filter((event) => event === 'authorization.departed')
    // the first one connected the customer
    expect(authorizations).toHaveLength(2)
  })

  test('« Déconnecter » asks, and disconnects once', async ({ wired, customer, server }) => {
    await tlGroup(wired).getByRole('button', { name: 'Déconnecter' }).dblclick()
    await expect(question(wired)).toBeVisible()
    await question(wired).getByRole('button', { name: messages.disconnect.confirm }).dblclick()
    await expect(tlGroup(wired).getByText(messages.disconnect.done)).toBeVisible()
    await expect(tlGroup(wired).getByRole('alert')).toBeHidden()
    expect((await eventsOf(server, customer)).filter((event) => event === 'connection.disconnected')).toHaveLength(1)
  })

  test('« Déconnecter » in two tabs is told in both, and done once', async ({ wired, customer, server, context }) => {
    const second = await context.newPage()
    await second.goto(keyPage)
    for (const page of [wired, second]) {
      await press(page, 'Déconnecter')
      await question(page).getByRole('button', { name: messages.disconnect.confirm }).click()
      await expect(tlGroup(page).getByText(messages.disconnect.done)).toBeVisible()
    }
    expect((await eventsOf(server, customer)).filter((event) => event === 'connection.disconnected')).toHaveLength(1)
  })
})

test.describe('without JavaScript', () => {
  test.use({ javaScriptEnabled: false })

  test('a connection is tested, disconnected, and forgotten', async ({ page, customer, server, key }) => {
    await connectWithoutContacts(page, server, customer)
    await press(page, 'Tester la connexion')
    await expect(tlGroup(page).getByText('2 lectures sur 3 ont réussi.')).toBeVisible()
    await page.getByRole('link', { name: messages.test.see }).click()
    await expectTested(page)
    await press(page, 'Déconnecter')
    await expect(question(page).getByRole('button', { name: messages.disconnect.keep })).toBeFocused()
    await question(page).getByRole('button', { name: messages.disconnect.confirm }).click()
    await expect(tlGroup(page).getByText(messages.disconnect.done)).toBeVisible()
    await expectForgotten(server, customer, key)
  })

  test('a withdrawn access is told, and given again', async ({ wired, customer, server, key }) => {
    await server.sandbox.script({ clientId: customer.integration.clientId }, [{ revoke: true }])
    await reportRefused(server, key, 1)
    await wired.goto(keyPage)
    await expectFailure(wired, 'revoked')
    await press(wired, 'Reconnecter')
    await signInAtTeamleader(wired)
    await consent(wired)
    await expectState(wired, 'connected', 'Success')
  })
})
