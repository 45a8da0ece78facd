import type { Page } from '@playwright/test'
import { expectAccessible } from '../harness/accessibility.ts'
import type { AppServer } from '../harness/app-server.ts'
import { connectAhead, eventsOf } from '../harness/connection.ts'
import { expect, test as journey, signIn } from '../harness/customer.ts'
import {
  consent,
  expectFailure,
  fillClient,
  messages,
  press,
  refuse,
  signInAtTeamleader,
  tlGroup,
} from '../pages/tl-group-section.ts'

const test = journey.extend<{ keys: Awaited<ReturnType<AppServer['sandbox']['issueV1Keys']>> }>({
  keys: async ({ server }, use) => use(await server.sandbox.issueV1Keys()),
})

const choose = (page: Page, version: 'V1' | 'V2') => tlGroup(page).getByRole('radio', { name: version }).check()

const group = (page: Page) => tlGroup(page).getByLabel('API Group (V1)')
const secret = (page: Page) => tlGroup(page).getByLabel('API Secret (V1)')

const saveV1 = async (page: Page, keys: { group: string; secret: string }) => {
  await choose(page, 'V1')
  await group(page).fill(keys.group)
  await secret(page).fill(keys.secret)
  await press(page, 'Enregistrer')
}

const expectV1 = async (page: Page, authStatus = 'Success') => {
  await expect(tlGroup(page).getByText(messages.v1.headline.connected.label, { exact: true })).toBeVisible()
  await expect(tlGroup(page).getByLabel('Auth Status')).toHaveText(authStatus)
  await expect(tlGroup(page).getByRole('radio', { name: 'V1' })).toBeChecked()
}

test('V1 is chosen, warned of, refused with wrong keys, stored with the right ones, tested and paused', async ({
  admin,
  keys,
  server,
}) => {
  const section = tlGroup(admin)
  await expect(group(admin)).toBeHidden()
  await choose(admin, 'V1')
  await expect(section.getByLabel('Client ID (V2)')).toBeHidden()
  await expect(section.getByLabel('URL de redirection', { exact: true })).toBeHidden()
  await expect(section.getByText(messages.v1.notice.title)).toBeVisible()
  await expect(section.getByRole('link', { name: 'Passer à la V2 avec le guide' })).toHaveAttribute(
    'href',
    '/administratif/guide',
  )
  await expectAccessible(admin)
  await press(admin, 'Enregistrer')
  await expect(section.getByText(messages.failures.api_group_missing.cause)).toBeVisible()
  await expect(group(admin)).toBeFocused()
  await saveV1(admin, { ...keys, secret: 'wrong' })
  await expect(section.getByLabel('Auth Status')).toHaveText('Failed, Status code: BadRequest')
  await expect(secret(admin)).toHaveAccessibleDescription(new RegExp(messages.failures.keys_refused.cause))
  await secret(admin).fill(keys.secret)
  await press(admin, 'Enregistrer')
  await expectV1(admin)
  await expect(secret(admin)).toHaveValue('')
  await expect(section.getByPlaceholder(`•••• ${keys.secret.slice(-4)}`)).toBeVisible()
  expect(await admin.content()).not.toContain(keys.secret)
  await expectAccessible(admin)

  await server.sandbox.script({ clientId: keys.group }, [{ on: 'v1.hello', status: 505 }])
  await press(admin, 'Tester la connexion')
  await expectV1(admin, 'Failed, Status code: HttpVersionNotSupported')
  await expect(section.getByText(messages.v1.failures.provider_throttled.cause).first()).toBeVisible()
  await expect(section.getByText(messages.v1.failures.provider_throttled.fix).first()).toBeVisible()
  await press(admin, 'Tester la connexion')
  await expectV1(admin)
  await section.getByRole('switch', { name: 'Statut' }).uncheck()
  await expect(section.getByText(messages.v1.headline.paused.sentence)).toBeVisible()
  await press(admin, 'Remettre en marche')
  await expectV1(admin)
})

test('V1 stays active until V2 succeeds, and is retired then', async ({ admin, keys, customer, server }) => {
  const section = tlGroup(admin)
  const stays = section.getByText('V1 reste active jusqu’à ce que V2 réussisse')
  await saveV1(admin, keys)
  await expectV1(admin)
  await choose(admin, 'V2')
  await expect(stays).toBeVisible()
  await fillClient(admin, customer)
  await press(admin, 'Enregistrer')
  await expect(section.getByText(messages.headline.awaiting_authorization.sentence)).toBeVisible()
  await expect(stays).toBeVisible()
  await press(admin, 'Se connecter à Teamleader')
  await signInAtTeamleader(admin)
  await refuse(admin)
  await expectFailure(admin, 'access_denied')
  await expect(stays).toBeVisible()
  await press(admin, 'Se connecter à Teamleader')
  await consent(admin)
  await expect(section.getByText(messages.headline.connected.sentence)).toBeVisible()
  await expect(section.getByLabel('Auth Status')).toHaveText('Success')
  await expect(section.getByText(messages.v1.notice.retired.split('{')[0] ?? '')).toBeVisible()
  await expect(stays).toBeHidden()
  await choose(admin, 'V1')
  await expect(group(admin)).toHaveValue(keys.group)
  await expect(section.getByText(messages.v1.notice.inUse)).toBeVisible()
  const row = section.locator('.facts .row').filter({ hasText: 'API V1' })
  await secret(admin).fill('wrong')
  await press(admin, 'Enregistrer')
  await expect(secret(admin)).toHaveAccessibleDescription(new RegExp(messages.failures.keys_refused.cause))
  await expect(row).toContainText('Failed, Status code: BadRequest')
  await expect(section.getByText(messages.headline.connected.sentence)).toBeVisible()
  await secret(admin).fill(keys.secret)
  await press(admin, 'Enregistrer')
  await expect(row).toContainText('Success')
  await expect(section.getByRole('radio', { name: 'V2' })).toBeChecked()
  const events = await eventsOf(server, customer)
  const steps = events.filter((event) => /^(settings|authorization|connection)\./.test(event))
  // what is promoted and what is superseded is one transaction
  expect([...steps.slice(0, 7), ...steps.slice(7, 9).sort(), ...steps.slice(9)]).toEqual([
    'settings.saved',
    'connection.tested',
    'settings.saved',
    'authorization.departed',
    'authorization.refused',
    'authorization.departed',
    'authorization.exchanged',
    'connection.promoted',
    'connection.superseded',
    'settings.saved',
    'connection.tested',
    'settings.saved',
    'connection.tested',
  ])
})

test.describe('without JavaScript', () => {
  test.use({ javaScriptEnabled: false, viewport: { width: 390, height: 844 } })

  test('V1 keys are stored beside a V2 that goes on', async ({ page, customer, server, keys }) => {
    await connectAhead(server, customer)
    await signIn(page, customer)
    const section = tlGroup(page)
    await saveV1(page, { ...keys, secret: 'wrong' })
    await expect(secret(page)).toHaveAccessibleDescription(new RegExp(messages.failures.keys_refused.cause))
    await expect(section.getByRole('radio', { name: 'V1' })).toBeChecked()
    await expect(section.getByText(messages.headline.connected.sentence)).toBeVisible()
    await saveV1(page, keys)
    await expect(section.getByText(messages.v1.notice.retired.split('{')[0] ?? '')).toBeVisible()
    await expect(section.getByRole('radio', { name: 'V2' })).toBeChecked()
    await expect(section.locator('.facts .row').filter({ hasText: 'API V1' })).toContainText('Success')
  })
})
