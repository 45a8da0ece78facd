import { randomUUID } from 'node:crypto'
import { askApi, newKey } from '../harness/api-client.ts'
import { connectAhead, expect, test } from '../harness/connection.ts'
import { newCustomer, sessionCookieOf } from '../harness/customer.ts'

test('a key lets the user in to whom it was made for, until it is revoked', async ({ customer, server }) => {
  const ref = `4711-${randomUUID().slice(0, 8)}`
  const other = await newCustomer(server, ref)
  await Promise.all([customer, other].map((one) => connectAhead(server, one)))
  const [own, platform] = await Promise.all([newKey(server, customer.tenantId), newKey(server, null)])

  const { status, headers, json } = await askApi(server, own)
  expect({ status, stored: headers.get('cache-control') }).toEqual({ status: 200, stored: 'no-store' })
  expect(json).toMatchObject({ account: { name: 'Marie Delvaux' }, token_version: 1, api_version: 'V2' })
  // Teamleader takes it for what it is
  const read = await fetch(`${server.sandboxUrl}/companies.list`, {
    headers: { authorization: `Bearer ${json.access_token}` },
  })
  expect(read.status).toBe(200)

  const named = (tenant: string) => ({ headers: { 'porte-cles-tenant': tenant } })
  const theirs = await askApi(server, platform, named(`ref:${ref}`))
  expect(theirs.status).toBe(200)
  expect(theirs.headers.get('cache-control')).toBe('no-store')
  expect(theirs.json.access_token).not.toBe(json.access_token)
  const byId = await askApi(server, platform, named(other.tenantId))
  expect(byId.json.access_token).toBe(theirs.json.access_token)

  const refused = {
    'a tenant’s key that names another tenant': await askApi(server, own, named(other.tenantId)),
    'a platform’s key that names nobody': await askApi(server, platform),
    'a platform’s key that names an unknown tenant': await askApi(server, platform, named('ref:nobody')),
    'a key that is none': await askApi(server, own.slice(0, -1)),
  }
  expect(Object.fromEntries(Object.entries(refused).map(([who, { json: problem }]) => [who, problem]))).toMatchObject({
    'a tenant’s key that names another tenant': { status: 404, code: 'tenant_unknown' },
    'a platform’s key that names nobody': { status: 400, code: 'tenant_missing' },
    'a platform’s key that names an unknown tenant': { status: 404, code: 'tenant_unknown' },
    'a key that is none': { status: 401, code: 'unauthorized' },
  })
  for (const { headers } of Object.values(refused)) expect(headers.get('content-type')).toBe('application/problem+json')

  await server.compose(({ manageApiKeys }) => manageApiKeys.revoke(own.split('_')[1] ?? '', { kind: 'operator' }))
  expect(await askApi(server, own)).toMatchObject({ status: 401, json: { status: 401, code: 'unauthorized' } })
  expect((await askApi(server, platform, named(other.tenantId))).status).toBe(200)
})

test('a session of the browser opens no endpoint, on either listener', async ({ server, customer, key }) => {
  await connectAhead(server, customer)
  const { name, value } = await sessionCookieOf(server, customer)
  const cookie = `${name}=${value}`
  const path = '/api/v1/connections/teamleader/token'
  const ask = (origin: string, headers: Record<string, string>) =>
    fetch(`${origin}${path}`, { method: 'POST', headers: { origin: server.url, ...headers } })
  expect((await ask(server.apiUrl, { cookie })).status).toBe(401)
  // pages and back ends have listeners of their own
  expect((await ask(server.url, { cookie, authorization: `Bearer ${key}` })).status).toBe(404)
  expect((await ask(server.apiUrl, { authorization: `Bearer ${key}` })).status).toBe(200)
})

test('the API describes itself, says that it is ready, and is asked as it says', async ({ server, key }) => {
  const document = await (await fetch(`${server.apiUrl}/api/openapi.json`)).json()
  expect(document.openapi).toMatch(/^3\.1/)
  expect(Object.keys(document.paths)).toContain('/api/v1/connections/{provider}/token')
  for (const path of ['/api/health', '/api/ready'])
    expect(await (await fetch(`${server.apiUrl}${path}`)).json()).toEqual({ status: 'ok' })
  const token = `${server.apiUrl}/api/v1/connections/teamleader/token`
  expect((await fetch(token, { headers: { authorization: `Bearer ${key}` } })).status).toBe(405)
  expect((await fetch(`${server.apiUrl}/administratif/cle-de-securite`)).status).toBe(404)
})
