import type { Step } from '../../lib/sandbox/control/script.ts'
import type { AppServer } from '../harness/app-server.ts'
import { expect, startAuthorizationAhead, test } from '../harness/connection.ts'
import { askForCode, type Customer, keyPage, tokenRequests } from '../harness/customer.ts'
import { expectShown, HttpClient, returnBy } from '../harness/http-client.ts'
import type { messages } from '../pages/tl-group-section.ts'

/** Leaves for Teamleader and comes back with a code. @returns what « Clé de sécurité » says then. */
const goAndReturn = async (client: HttpClient, server: AppServer, customer: Customer) => {
  const { nonce, state } = await startAuthorizationAhead(server, customer)
  return returnBy(client, nonce, (await askForCode(server, customer, '/oauth/callback', state)).location)
}

interface Fault {
  script: Step[]
  authStatus: string
  code: keyof typeof messages.failures
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
  'does not answer at all': {
    script: [{ reset_before: true }],
    authStatus: 'Failed, No response',
    code: 'response_lost',
  },
  'answers a redirect to another host': {
    script: [{ redirect: 'http://127.0.0.1:9/steal' }],
    authStatus: 'Failed, Status code: TemporaryRedirect',
    code: 'provider_unavailable',
  },
}

for (const [name, { script, authStatus, code }] of Object.entries(faults))
  test(`Teamleader ${name}: said as it is, no half connection, and starting again works`, async ({
    customer,
    server,
  }) => {
    await server.sandbox.script({ clientId: customer.integration.clientId }, script)
    const client = await HttpClient.signedIn(server, customer)
    expectShown(await goAndReturn(client, server, customer), { headline: 'refused', authStatus, failure: code })
    expect(await tokenRequests(server, customer)).toHaveLength(1)
    expectShown(await client.get(keyPage), { headline: 'refused', authStatus, failure: code })
    expectShown(await goAndReturn(client, server, customer), { headline: 'connected', authStatus: 'Success' })
  })

test('an expired code is said to be expired by an older Teamleader, too', async ({ customer, server }) => {
  const reach = { clientId: customer.integration.clientId }
  await server.sandbox.turn(reach, { league: 'v8', code_ttl_s: -1 })
  const client = await HttpClient.signedIn(server, customer)
  expectShown(await goAndReturn(client, server, customer), {
    headline: 'refused',
    authStatus: 'Failed, Status code: BadRequest',
    failure: 'code_expired',
  })
  await server.sandbox.turn(reach, { code_ttl_s: 600 })
  expectShown(await goAndReturn(client, server, customer), { headline: 'connected', authStatus: 'Success' })
})

for (const [name, value] of Object.entries({ text: 'soon', zero: 0, negative: -5, huge: 1e308, missing: null }))
  test(`a token pair is kept although its expires_in is ${name}`, async ({ customer, server }) => {
    await server.sandbox.script({ clientId: customer.integration.clientId }, [{ set: { expires_in: value } }])
    const page = await goAndReturn(await HttpClient.signedIn(server, customer), server, customer)
    expectShown(page, { headline: 'connected', authStatus: 'Success' })
    expect(page.text).not.toContain('NaN')
    expect(page.text).not.toContain('Invalid Date')
  })
