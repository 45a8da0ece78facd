import type { Step } from '../lib/sandbox/script.ts'
import { expectAccessible } from './accessibility.ts'
import { expect, keyPage, test, tokenRequests } from './journey.ts'
import {
  connect,
  consent,
  expectFailure,
  expectState,
  fillClient,
  leave,
  press,
  signInAtTeamleader,
  tlGroup,
  words,
} from './tl-group.ts'

test('a wrong secret is named at its field; the right one connects', async ({ admin, customer, house }) => {
  const wrong = 'f'.repeat(32)
  await fillClient(admin, customer, wrong)
  await press(admin, 'Se connecter à Teamleader')
  await signInAtTeamleader(admin)
  await consent(admin)
  await admin.waitForURL(`${house.url}${keyPage}`)
  await expectState(admin, 'misconfigured', 'Failed, Status code: Unauthorized')
  await expectFailure(admin, 'invalid_client')
  await expect(tlGroup(admin).getByLabel('Client Secret (V2)')).toHaveAttribute('aria-invalid', 'true')
  await expectAccessible(admin)
  await tlGroup(admin).getByLabel('Client Secret (V2)').fill(customer.integration.clientSecret)
  await press(admin, 'Se connecter à Teamleader')
  await consent(admin)
  await expectState(admin, 'connected', 'Success')
})

for (const league of ['v9', 'v8'] as const)
  test(`an expired code is said to be expired (${league})`, async ({ admin, customer, house }) => {
    const reach = { clientId: customer.integration.clientId }
    await house.sandbox.turn(reach, { league, code_ttl_s: -1 })
    await connect(admin, customer)
    await admin.waitForURL(`${house.url}${keyPage}`)
    await expectState(admin, 'refused', 'Failed, Status code: BadRequest')
    await expectFailure(admin, 'code_expired')
    await expectAccessible(admin)
    await house.sandbox.turn(reach, { code_ttl_s: 600 })
    await press(admin, 'Se connecter à Teamleader')
    await consent(admin)
    await expectState(admin, 'connected', 'Success')
  })

interface Fault {
  script: Step[]
  authStatus: string
  code: keyof typeof words.failures
}

const faults: Record<string, Fault> = {
  'answers 500': {
    script: [{ status: 500, body: 'oops' }],
    authStatus: 'Failed, Status code: InternalServerError',
    code: 'provider_unavailable',
  },
  'answers 503 in HTML': {
    script: [{ status: 503, body: '<h1>Maintenance</h1>' }],
    authStatus: 'Failed, Status code: ServiceUnavailable',
    code: 'provider_unavailable',
  },
  'takes the code and answers HTML with 200': {
    script: [{ commit_then_html: true }],
    authStatus: 'Failed, Status code: OK',
    code: 'response_lost',
  },
  'takes the code and hangs up': {
    script: [{ commit_then_drop: true }],
    authStatus: 'Failed, No response',
    code: 'response_lost',
  },
  'answers 429': {
    script: [{ status: 429, headers: { 'retry-after': '60' }, body: '' }],
    authStatus: 'Failed, Status code: TooManyRequests',
    code: 'provider_throttled',
  },
  'answers a redirect to another host': {
    script: [{ redirect: 'http://127.0.0.1:9/steal' }],
    authStatus: 'Failed, Status code: TemporaryRedirect',
    code: 'provider_unavailable',
  },
}

for (const [name, { script, authStatus, code }] of Object.entries(faults))
  test(`Teamleader ${name}: said as it is, no half connection, and starting again works`, async ({
    admin,
    customer,
    house,
  }) => {
    await house.sandbox.script({ clientId: customer.integration.clientId }, script)
    await connect(admin, customer)
    await admin.waitForURL(`${house.url}${keyPage}`)
    await expectState(admin, 'refused', authStatus)
    await expectFailure(admin, code)
    expect(await tokenRequests(house, customer)).toHaveLength(1)
    await admin.reload()
    await expectFailure(admin, code)
    await tlGroup(admin)
      .getByRole('button', { name: /^(Recommencer|Se connecter à Teamleader)$/ })
      .first()
      .click()
    await consent(admin)
    await expectState(admin, 'connected', 'Success')
  })

for (const [name, value] of Object.entries({ text: 'soon', zero: 0, negative: -5, huge: 1e308, missing: null }))
  test(`a token pair is kept although its expires_in is ${name}`, async ({ admin, customer, house }) => {
    await house.sandbox.script({ clientId: customer.integration.clientId }, [{ set: { expires_in: value } }])
    await connect(admin, customer)
    await expectState(admin, 'connected', 'Success')
    expect(await admin.content()).not.toContain('NaN')
  })

test('an identity that cannot be read yet leaves the connection degraded; the button repairs it', async ({
  admin,
  customer,
  house,
}) => {
  await house.sandbox.script({ clientId: customer.integration.clientId }, [{ on: 'users.me', status: 503 }])
  await connect(admin, customer)
  await expectState(admin, 'degraded', 'Success')
  await expectFailure(admin, 'identity_unknown')
  await expectAccessible(admin)
  await press(admin, words.failures.identity_unknown.action)
  await expectState(admin, 'connected', 'Success')
  await expect(tlGroup(admin).getByText('Marie Delvaux').first()).toBeVisible()
  expect(await tokenRequests(house, customer)).toHaveLength(1)
})

test('an identity refused for good is connected all the same, account « inconnu »', async ({
  admin,
  customer,
  house,
}) => {
  await house.sandbox.turn({ clientId: customer.integration.clientId }, { users_me_needs_scope: true })
  await connect(admin, customer)
  await expectState(admin, 'connected', 'Success')
  await expect(tlGroup(admin).getByText(words.fact.unknownWhy)).toBeVisible()
  await expectAccessible(admin)
})

test('a reconnection whose account cannot be read stays aside until the admin decides', async ({
  admin,
  customer,
  house,
}) => {
  await connect(admin, customer)
  await expectState(admin, 'connected', 'Success')
  await house.sandbox.script({ clientId: customer.integration.clientId }, [{ on: 'users.me', status: 503, times: 50 }])
  await press(admin, 'Se connecter à Teamleader')
  await consent(admin)
  await expectState(admin, 'unverified', 'Success')
  await expectAccessible(admin)
  await press(admin, 'Connecter sans vérifier le compte')
  await expect(tlGroup(admin).getByText(words.headline.unverified.sentence)).toBeHidden()
  expect(await tokenRequests(house, customer)).toHaveLength(2)
})

test('Teamleader that does not answer at all is said not to answer', async ({ admin, customer, house }) => {
  await house.sandbox.script({ clientId: customer.integration.clientId }, [{ reset_before: true }])
  await leave(admin, customer)
  await signInAtTeamleader(admin)
  await consent(admin)
  await admin.waitForURL(`${house.url}${keyPage}`)
  await expectState(admin, 'refused', 'Failed, No response')
})
