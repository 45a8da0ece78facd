import { expectAccessible } from '../harness/accessibility.ts'
import { askApi, reportRefused } from '../harness/api-client.ts'
import { expect, makeDue, navigation, openForLong, refreshes, test } from '../harness/connection.ts'
import { keyPage } from '../harness/customer.ts'
import {
  consent,
  expectFailure,
  expectState,
  messages,
  press,
  signInAtTeamleader,
  tlGroup,
} from '../pages/tl-group-section.ts'

test('an access withdrawn at Teamleader shows by itself on an open page, and « Reconnecter » repairs it', async ({
  wired,
  customer,
  server,
  key,
}) => {
  const { later } = await openForLong(wired)
  await expect(navigation(wired).getByText('1 panne')).toBeHidden()
  await server.sandbox.script({ clientId: customer.integration.clientId }, [{ revoke: true }])
  const refused = await reportRefused(server, key, 1)
  expect(refused).toMatchObject({ status: 409, json: { code: 'reconnect_required' } })
  await later()
  await expectState(wired, 'reconnect_required', 'Failed, Status code: BadRequest')
  await expectFailure(wired, 'revoked')
  await expect(navigation(wired).getByText('1 panne')).toBeVisible()
  // the key of the moment was refused: nothing is open any more
  await expect(tlGroup(wired).getByText(messages.validity.reconnectOver)).toBeVisible()
  await expectAccessible(wired)
  await press(wired, 'Reconnecter')
  await signInAtTeamleader(wired)
  await consent(wired)
  await expectState(wired, 'connected', 'Success')
  await expect(navigation(wired).getByText('1 panne')).toBeHidden()
  expect((await askApi(server, key)).status).toBe(200)
})

test('an answer lost for good is named, with its time; the access that is open serves until it is refused', async ({
  wired,
  customer,
  server,
  key,
}) => {
  const { later } = await openForLong(wired)
  await server.sandbox.script({ clientId: customer.integration.clientId }, [{ commit_then_drop: true }])
  await makeDue(server, customer)
  await expect
    .poll(async () => (await refreshes(server, customer)).map(({ error }) => error))
    .toEqual([null, 'invalid_request'])
  // the page may be read just before the outcome is stored
  await expect(async () => {
    await later()
    // the copy's line says it too, once its next run was refused
    const label = tlGroup(wired).getByText(messages.headline.reconnect_required.label, { exact: true })
    await expect(label).toBeVisible({ timeout: 1_000 })
  }).toPass()
  await expectState(wired, 'reconnect_required', 'Failed, Status code: BadRequest')
  await expectFailure(wired, 'lost_response')
  await expect(
    tlGroup(wired).getByText(/refusé notre clé (aujourd’hui|hier) à \d\d:\d\d\. L’accès actuel/),
  ).toBeVisible()
  await expectAccessible(wired)
  expect(await askApi(server, key)).toMatchObject({ status: 200, json: { token_version: 1 } })
  expect(await reportRefused(server, key, 1)).toMatchObject({ status: 409, json: { code: 'reconnect_required' } })
  expect(await askApi(server, key)).toMatchObject({ status: 409, json: { code: 'reconnect_required' } })
  expect(await refreshes(server, customer)).toHaveLength(2)
  await later()
  await expect(tlGroup(wired).getByText(messages.validity.reconnectOver)).toBeVisible()
})

test('a secret changed at Teamleader is named at its field; the right one repairs it at once', async ({
  wired,
  customer,
  server,
  key,
}) => {
  const clientSecret = 'a'.repeat(32)
  await server.sandbox.integrate({ ...customer.integration, clientSecret })
  // what Teamleader issued still opens, so it is served all the same
  expect(await reportRefused(server, key, 1)).toMatchObject({ status: 200, json: { token_version: 1 } })
  await wired.goto(keyPage)
  await expectState(wired, 'misconfigured', 'Failed, Status code: Unauthorized')
  await expectFailure(wired, 'invalid_client')
  await expect(navigation(wired).getByText('1 panne')).toBeVisible()
  const field = tlGroup(wired).getByLabel('Client Secret (V2)')
  await expect(field).toHaveAttribute('aria-invalid', 'true')
  await expectAccessible(wired)
  await field.fill('b'.repeat(32))
  await press(wired, 'Enregistrer')
  await expect(tlGroup(wired).getByText(messages.key.saved, { exact: true })).toBeVisible()
  await expectFailure(wired, 'invalid_client')
  expect(await refreshes(server, customer)).toHaveLength(2)
  await field.fill(clientSecret)
  await press(wired, 'Enregistrer')
  await expectState(wired, 'connected', 'Success')
  await expect(navigation(wired).getByText('1 panne')).toBeHidden()
  expect(await askApi(server, key)).toMatchObject({ status: 200, json: { token_version: 2 } })
})

test('a paused connection gives no token, and one switched on again does', async ({ wired, server, key }) => {
  await tlGroup(wired).getByRole('switch', { name: 'Statut' }).uncheck()
  await expectState(wired, 'paused')
  const { status, headers, json } = await askApi(server, key)
  expect({ status, json }).toMatchObject({ status: 409, json: { status: 409, code: 'connection_disabled' } })
  expect(headers.get('content-type')).toBe('application/problem+json')
  await expectAccessible(wired)
  await press(wired, 'Remettre en marche')
  await expectState(wired, 'connected', 'Success')
  expect((await askApi(server, key)).status).toBe(200)
})
