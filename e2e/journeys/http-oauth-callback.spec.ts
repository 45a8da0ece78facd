import { expect, startAuthorizationAhead, test } from '../harness/connection.ts'
import { askForCode, newAdmin, newCustomer, tokenRequests } from '../harness/customer.ts'
import { expectShown, HttpClient, returnBy } from '../harness/http-client.ts'

test('a refusal without a state is formatted too', async ({ customer, server }) => {
  await startAuthorizationAhead(server, customer)
  const client = await HttpClient.signedIn(server, customer)
  expectShown(await returnBy(client, null, '/oauth/callback?error=access_denied'), { failure: 'access_denied' })
})

test('an error beside a code wins, and its hostile words are not repeated', async ({ customer, server }) => {
  const { nonce, state } = await startAuthorizationAhead(server, customer)
  const hostile = encodeURIComponent('<img src=x onerror=alert(1)>')
  const client = await HttpClient.signedIn(server, customer)
  const query = `error=access_denied&code=abc&state=${state}&error_description=${hostile}`
  const page = await returnBy(client, nonce, `/oauth/callback?${query}`)
  expectShown(page, { failure: 'access_denied' })
  expect(page.html).not.toContain('onerror')
  expect(await tokenRequests(server, customer)).toEqual([])
})

test('another browser is refused, and takes nothing from the first', async ({ customer, server }) => {
  const { nonce, state } = await startAuthorizationAhead(server, customer)
  const { location } = await askForCode(server, customer, '/oauth/callback', state)
  const elsewhere = await HttpClient.signedIn(server, customer)
  expectShown(await returnBy(elsewhere, null, location), { failure: 'state_foreign' })
  const other = 'n'.repeat(nonce.length)
  expectShown(await returnBy(elsewhere, other, location), { failure: 'state_foreign' })
  expect(await tokenRequests(server, customer)).toEqual([])
  const first = await HttpClient.signedIn(server, customer)
  expectShown(await returnBy(first, nonce, location), { headline: 'connected', authStatus: 'Success' })
})

for (const who of ['a colleague', 'somebody of another tenant'] as const)
  test(`${who} in the same browser is refused, and consumes nothing`, async ({ customer, server }) => {
    const { nonce, state } = await startAuthorizationAhead(server, customer)
    const { location } = await askForCode(server, customer, '/oauth/callback', state)
    const client = new HttpClient(server)
    await client.signIn(who === 'a colleague' ? await newAdmin(server, customer.tenantId) : await newCustomer(server))
    expectShown(await returnBy(client, nonce, location), { failure: 'other_user' })
    expect(await tokenRequests(server, customer)).toEqual([])
    await client.signIn(customer)
    expectShown(await returnBy(client, nonce, location), { headline: 'connected', authStatus: 'Success' })
  })

for (const [name, state] of Object.entries({ 'an unknown state': 'a'.repeat(43), 'an empty state': '' }))
  test(`${name} is refused without a token call`, async ({ customer, server }) => {
    const { nonce } = await startAuthorizationAhead(server, customer)
    const { code } = await askForCode(server, customer)
    const client = await HttpClient.signedIn(server, customer)
    const page = await returnBy(client, nonce, `/oauth/callback?code=${code}&state=${state}`)
    expectShown(page, { failure: 'state_unknown' })
    expect(await tokenRequests(server, customer)).toEqual([])
  })

test('twenty returns at once, with one code, make one exchange', async ({ customer, server }) => {
  const { nonce, state } = await startAuthorizationAhead(server, customer)
  const { location } = await askForCode(server, customer, '/oauth/callback', state)
  await server.sandbox.script({ clientId: customer.integration.clientId }, [{ delay_before: 400 }])
  const client = await HttpClient.signedIn(server, customer)
  client.cookies.set('porte-cles-browser', nonce)
  for (const { status, headers } of await Promise.all(Array.from({ length: 20 }, () => client.get(location)))) {
    const codes = ['location', 'cache-control', 'referrer-policy'].map((name) => headers.get(name))
    expect(codes).toEqual([`${server.url}/administratif/cle-de-securite`, 'no-store', 'no-referrer'])
    expect(status).toBe(303)
  }
  expect(await tokenRequests(server, customer)).toHaveLength(1)
  const page = await returnBy(client, nonce, location)
  expectShown(page, { headline: 'connected', authStatus: 'Success', failure: 'exchange_done' })
  expect(await tokenRequests(server, customer)).toHaveLength(1)
})
