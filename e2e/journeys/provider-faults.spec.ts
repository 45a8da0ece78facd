import { expectAccessible } from '../harness/accessibility.ts'
import { expect, keyPage, test, tokenRequests } from '../harness/customer.ts'
import {
  connect,
  consent,
  expectFailure,
  expectState,
  fillClient,
  messages,
  press,
  signInAtTeamleader,
  tlGroup,
} from '../pages/tl-group-section.ts'

test('a wrong secret is named at its field; the right one connects', async ({ admin, customer, server }) => {
  const wrong = 'f'.repeat(32)
  await fillClient(admin, customer, wrong)
  await press(admin, 'Se connecter à Teamleader')
  await signInAtTeamleader(admin)
  await consent(admin)
  await admin.waitForURL(`${server.url}${keyPage}`)
  await expectState(admin, 'misconfigured', 'Failed, Status code: Unauthorized')
  await expectFailure(admin, 'invalid_client')
  await expect(tlGroup(admin).getByLabel('Client Secret (V2)')).toHaveAttribute('aria-invalid', 'true')
  await expectAccessible(admin)
  await tlGroup(admin).getByLabel('Client Secret (V2)').fill(customer.integration.clientSecret)
  await press(admin, 'Se connecter à Teamleader')
  await consent(admin)
  await expectState(admin, 'connected', 'Success')
})

test('an expired code is said to be expired', async ({ admin, customer, server }) => {
  const reach = { clientId: customer.integration.clientId }
  await server.sandbox.turn(reach, { code_ttl_s: -1 })
  await connect(admin, customer)
  await admin.waitForURL(`${server.url}${keyPage}`)
  await expectState(admin, 'refused', 'Failed, Status code: BadRequest')
  await expectFailure(admin, 'code_expired')
  await expectAccessible(admin)
  await server.sandbox.turn(reach, { code_ttl_s: 600 })
  await press(admin, 'Se connecter à Teamleader')
  await consent(admin)
  await expectState(admin, 'connected', 'Success')
})

test('an answer that is no answer is said as it is, and starting again works', async ({ admin, customer, server }) => {
  await server.sandbox.script({ clientId: customer.integration.clientId }, [{ commit_then_html: true }])
  await connect(admin, customer)
  await admin.waitForURL(`${server.url}${keyPage}`)
  await expectState(admin, 'refused', 'Failed, Status code: OK')
  await expectFailure(admin, 'response_lost')
  await admin.reload()
  await expectFailure(admin, 'response_lost')
  await tlGroup(admin)
    .getByRole('button', { name: /^(Recommencer|Se connecter à Teamleader)$/ })
    .first()
    .click()
  await consent(admin)
  await expectState(admin, 'connected', 'Success')
})

test('an identity that cannot be read yet leaves the connection degraded; the button repairs it', async ({
  admin,
  customer,
  server,
}) => {
  await server.sandbox.script({ clientId: customer.integration.clientId }, [{ on: 'users.me', status: 503 }])
  await connect(admin, customer)
  await expectState(admin, 'degraded', 'Success')
  await expectFailure(admin, 'identity_unknown')
  await expectAccessible(admin)
  await press(admin, messages.failures.identity_unknown.action)
  await expectState(admin, 'connected', 'Success')
  await expect(tlGroup(admin).getByText('Marie Delvaux').first()).toBeVisible()
  expect(await tokenRequests(server, customer)).toHaveLength(1)
})

test('without the scope users the account stays « inconnu », and the connection works', async ({
  admin,
  customer,
  server,
}) => {
  const { integration } = customer
  const scopes = integration.scopes.filter((scope) => scope !== 'users')
  await server.sandbox.integrate({ ...integration, scopes })
  await connect(admin, customer)
  await expectState(admin, 'connected', 'Success')
  await expect(tlGroup(admin).getByText(messages.fact.unknownWhy)).toBeVisible()
  await expectAccessible(admin)
})

test('a reconnection whose account cannot be read stays aside until the admin decides', async ({
  admin,
  customer,
  server,
}) => {
  await connect(admin, customer)
  await expectState(admin, 'connected', 'Success')
  await server.sandbox.script({ clientId: customer.integration.clientId }, [{ on: 'users.me', status: 503, times: 50 }])
  await press(admin, 'Reconnecter')
  await consent(admin)
  await expectState(admin, 'unverified', 'Success')
  await expectAccessible(admin)
  await press(admin, 'Connecter sans vérifier le compte')
  await expect(tlGroup(admin).getByText(messages.headline.unverified.sentence)).toBeHidden()
  expect(await tokenRequests(server, customer)).toHaveLength(2)
})
