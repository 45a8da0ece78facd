import { expectAccessible } from '../harness/accessibility.ts'
import type { AppServer } from '../harness/app-server.ts'
import { eventsOf } from '../harness/connection.ts'
import { expect, test as journey, keyPage } from '../harness/customer.ts'
import { expectTeo, fillTeo, pressTeo, teoMessages, teoSection } from '../pages/teo-section.ts'
import { messages, tlGroup } from '../pages/tl-group-section.ts'

const connectedLabel = messages.headline.connected.label

const test = journey.extend<{ enrolment: Awaited<ReturnType<AppServer['sandbox']['enrol']>> }>({
  enrolment: async ({ server }, use) => use(await server.sandbox.enrol()),
})

const calls = async (server: AppServer, clientId: string, endpoint: string) =>
  (await server.sandbox.journal(clientId)).requests.filter((request) => request.endpoint === endpoint).length

test('three values connect téo; it is tested, paused, disconnected, and connected again', async ({
  admin,
  customer,
  enrolment,
  server,
}) => {
  const section = teoSection(admin)
  await expectTeo(admin, messages.headline.unconfigured.label, "Aucun essai pour l'instant")
  await pressTeo(admin, 'Tester la connexion')
  await expect(section.getByText(teoMessages('not_connected').cause)).toBeVisible()
  await fillTeo(admin, enrolment)
  await section.getByRole('button', { name: 'Enregistrer', exact: true }).dblclick()
  await expectTeo(admin, connectedLabel, 'Success')
  expect(await calls(server, enrolment.clientId, 'teo.token')).toBe(1)
  expect(await calls(server, enrolment.clientId, 'teo.dossiers')).toBe(1)
  await expect(section.locator('dd').getByText(enrolment.teoId)).toBeVisible()
  await expect(section.getByLabel('Client Secret')).toHaveValue('')
  await expect(section.getByPlaceholder(`•••• ${enrolment.clientSecret.slice(-4)}`)).toBeVisible()
  expect(await admin.content()).not.toContain(enrolment.clientSecret)
  await expectAccessible(admin)

  await pressTeo(admin, 'Tester la connexion')
  await expect(section.getByText('Une lecture sur 1 a réussi.')).toBeVisible()
  await expect(section.getByRole('row', { name: /^Dossiers/ })).toContainText(messages.test.answered)
  // one key serves until its end
  expect(await calls(server, enrolment.clientId, 'teo.token')).toBe(1)

  await section.getByRole('switch', { name: 'Statut' }).uncheck()
  await expect(section.getByText(messages.teo.headline.paused.sentence)).toBeVisible()
  await pressTeo(admin, 'Remettre en marche')
  await expectTeo(admin, connectedLabel, 'Success')

  await pressTeo(admin, 'Déconnecter')
  const question = admin.getByRole('dialog', { name: messages.teo.disconnect.title })
  await expect(question).toContainText(messages.teo.disconnect.elsewhereText)
  await question.getByRole('button', { name: messages.disconnect.confirm }).click()
  await expect(section.getByText(messages.teo.disconnect.done)).toBeVisible()
  await pressTeo(admin, 'Enregistrer')
  await expectTeo(admin, connectedLabel, 'Success')
  await expect(tlGroup(admin).getByText(messages.headline.unconfigured.label, { exact: true })).toBeVisible()
  const events = await eventsOf(server, customer)
  for (const event of ['settings.saved', 'connection.promoted', 'connection.tested', 'connection.disconnected'])
    expect(events).toContain(event)
})

const expired = { 'hydra:description': 'Expired token' }
const unknown = { 'hydra:description': 'Invalid token' }

test('each refusal of the token endpoint is formatted at its field, and « Enregistrer » asks again', async ({
  admin,
  enrolment,
  server,
}) => {
  const section = teoSection(admin)
  const { clientId } = enrolment
  await fillTeo(admin, { ...enrolment, clientSecret: 'not the one'.replaceAll(' ', '-') })
  await pressTeo(admin, 'Enregistrer')
  await expectTeo(admin, messages.headline.misconfigured.label, 'Failed, Status code: Unauthorized')
  const secret = section.getByLabel('Client Secret')
  await expect(secret).toHaveAccessibleDescription(new RegExp(teoMessages('invalid_client').cause))
  await expect(secret).toBeFocused()
  await expect(admin.getByRole('navigation').getByText('1 panne')).toBeVisible()
  await expectAccessible(admin)

  await fillTeo(admin, { ...enrolment, teoId: 'nowhere' })
  await pressTeo(admin, 'Enregistrer')
  await expectTeo(admin, messages.headline.misconfigured.label, 'Failed, Status code: BadRequest')
  await expect(section.getByLabel('TEO ID')).toHaveAccessibleDescription(
    new RegExp(teoMessages('target_refused').cause),
  )

  await section.getByLabel('TEO ID').fill(enrolment.teoId)
  for (const [step, status, code] of [
    [{ status: 400, body: { error: 'invalid_request' } }, 'BadRequest', 'request_refused'],
    [{ status: 429 }, 'TooManyRequests', 'provider_throttled'],
    [{ status: 503, body: '<h1>Maintenance</h1>' }, 'ServiceUnavailable', 'provider_unavailable'],
    [{ status: 200, body: '<h1>Bonjour</h1>' }, 'OK', 'response_lost'],
  ] as const) {
    await server.sandbox.script({ clientId }, [{ on: 'teo.token', ...step }])
    await pressTeo(admin, code === 'request_refused' ? 'Enregistrer' : 'Réessayer')
    await expect(section.getByLabel('Auth Status')).toHaveText(`Failed, Status code: ${status}`)
    await expect(section.getByText(teoMessages(code).cause)).toBeVisible()
    await expect(section.getByText(teoMessages(code).fix)).toBeVisible()
  }
  await pressTeo(admin, 'Réessayer')
  await expectTeo(admin, connectedLabel, 'Success')
})

test('each refusal of a read is formatted, and leaves the key that works', async ({ admin, enrolment, server }) => {
  const section = teoSection(admin)
  const { clientId } = enrolment
  await fillTeo(admin, enrolment)
  await pressTeo(admin, 'Enregistrer')
  await expectTeo(admin, connectedLabel, 'Success')
  for (const [step, code] of [
    [{ status: 403, body: { 'hydra:description': 'Access Denied.' } }, 'read_forbidden'],
    [{ status: 404, body: { 'hydra:description': 'Not Found' } }, 'target_unknown'],
    [{ status: 500 }, 'provider_unavailable'],
    [{ status: 403, body: '<h1>Forbidden</h1>' }, 'provider_unavailable'],
    [{ status: 422, body: { 'hydra:description': 'page: not a number' } }, 'read_failed'],
  ] as const) {
    await server.sandbox.script({ clientId }, [{ on: 'teo.dossiers', ...step }])
    await pressTeo(admin, 'Tester la connexion')
    await expect(section.getByRole('row', { name: /^Dossiers/ })).toContainText(teoMessages(code).cause)
    await expect(section.getByLabel('Auth Status')).toHaveText('Success')
  }
  await expectAccessible(admin)
  expect(await calls(server, clientId, 'teo.token')).toBe(1)
  // a key that is over is replaced at once; one that is refused although it is new needs a person
  await server.sandbox.script({ clientId }, [{ on: 'teo.dossiers', status: 401, body: expired }])
  await pressTeo(admin, 'Tester la connexion')
  await expect(section.getByRole('row', { name: /^Dossiers/ })).toContainText(messages.test.answered)
  expect(await calls(server, clientId, 'teo.token')).toBe(2)
  await server.sandbox.script({ clientId }, [{ on: 'teo.dossiers', status: 401, body: unknown }])
  await pressTeo(admin, 'Tester la connexion')
  await expectTeo(admin, messages.headline.reconnect_required.label, 'Success')
  await expect(section.getByRole('definition').filter({ hasText: teoMessages('access_refused').fix })).toBeVisible()
  await pressTeo(admin, 'Réessayer')
  await expect(section.getByText(messages.teo.headline.connected.sentence)).toBeVisible()
  expect(await calls(server, clientId, 'teo.token')).toBe(3)
  // last: whoever was told to wait asks nothing for a while
  await server.sandbox.script({ clientId }, [{ on: 'teo.dossiers', status: 429 }])
  await pressTeo(admin, 'Tester la connexion')
  await expect(section.getByRole('row', { name: /^Dossiers/ })).toContainText(teoMessages('provider_throttled').cause)
})

test.describe('without JavaScript', () => {
  test.use({ javaScriptEnabled: false, viewport: { width: 390, height: 844 } })

  test('téo is mistyped, connected, tested, paused and disconnected', async ({ admin, enrolment }) => {
    const section = teoSection(admin)
    await fillTeo(admin, { ...enrolment, teoId: ' ' })
    await pressTeo(admin, 'Enregistrer')
    await expect(section.getByText(messages.failures.target_missing.cause)).toBeVisible()
    await expect(section.getByLabel('Client ID')).toHaveValue(enrolment.clientId)
    await expect(section.getByText(messages.problem.retype)).toBeVisible()
    expect(await admin.content()).not.toContain(enrolment.clientSecret)
    await fillTeo(admin, enrolment)
    await pressTeo(admin, 'Enregistrer')
    await expectTeo(admin, connectedLabel, 'Success')
    await pressTeo(admin, 'Tester la connexion')
    await expect(section.getByText('Une lecture sur 1 a réussi.')).toBeVisible()
    await section.getByRole('switch', { name: 'Statut' }).uncheck()
    await pressTeo(admin, 'Enregistrer')
    await expect(section.getByText(messages.headline.paused.label, { exact: true })).toBeVisible()
    await pressTeo(admin, 'Remettre en marche')
    await expectTeo(admin, connectedLabel, 'Success')
    await pressTeo(admin, 'Déconnecter')
    await admin.getByRole('button', { name: messages.disconnect.confirm }).click()
    await admin.goto(keyPage)
    await expect(section.getByText(messages.teo.headline.awaiting_authorization.sentence)).toBeVisible()
  })
})
