import { afterAll, beforeAll, expect, test } from 'vitest'
import { credentials, openTrial, type Params, type Trial } from '#lib/sandbox/test-sandbox.ts'
import { fingerprint } from './opaque-token.ts'

let trial: Trial
beforeAll(async () => {
  trial = await openTrial()
})
afterAll(() => trial.stop())

test('a code brings exactly four keys, not to be stored', async () => {
  const client = await trial.control.integrate()
  const response = await trial.exchange(client, await trial.code(client))
  expect(response.status).toBe(200)
  expect(response.headers.get('cache-control')).toBe('no-store')
  const pair = (await response.json()) as Record<string, string>
  expect(Object.keys(pair)).toEqual(['token_type', 'expires_in', 'access_token', 'refresh_token'])
  expect(pair).toMatchObject({ token_type: 'Bearer', expires_in: 3600 })
  expect(pair.refresh_token).toMatch(/^def50200[0-9a-f]{1000,}$/)
  expect(pair.access_token?.length).toBeGreaterThan(800)
})

test('a code is about a thousand hexadecimal characters', async () => {
  const client = await trial.control.integrate()
  expect(await trial.code(client)).toMatch(/^def50200[0-9a-f]{992}$/)
})

test('the access token names client, user and account, and lives as long as it says', async () => {
  const client = await trial.control.integrate()
  const { access_token } = await trial.connect(client)
  const [header, claims] = access_token.split('.').map((part) => Buffer.from(part, 'base64url').toString())
  expect(JSON.parse(header ?? '')).toEqual({ typ: 'JWT', alg: 'RS256' })
  const { iat, exp, ...rest } = JSON.parse(claims ?? '')
  expect(exp - iat).toBe(3600)
  expect(rest).toMatchObject({ aud: client.clientId, sub: '902114:48213', scopes: client.scopes })
  expect(rest.jti).toMatch(/^[0-9a-f]{80}$/)
})

test.each(['application/json', 'multipart/form-data'])('%s is understood too', async (type) => {
  const client = await trial.control.integrate()
  const params = {
    ...credentials(client),
    grant_type: 'authorization_code',
    code: await trial.code(client),
    redirect_uri: 'http://localhost:3000/oauth/callback',
  }
  const form = new FormData()
  for (const [name, value] of Object.entries(params)) form.set(name, value)
  const json = { headers: { 'content-type': type }, body: JSON.stringify(params) }
  const body = type === 'application/json' ? json : { body: form }
  const response = await fetch(`${trial.url}/oauth2/access_token`, { method: 'POST', ...body })
  expect(response.status).toBe(200)
})

test('a code refused for its redirect URI is still good', async () => {
  const client = await trial.control.integrate()
  const code = await trial.code(client)
  const wrong = await trial.exchange(client, code, { redirect_uri: 'http://localhost:3000/oauth/callback/' })
  expect(wrong.status).toBe(400)
  expect((await trial.exchange(client, code)).status).toBe(200)
})

test('credentials in the Authorization header do not count', async () => {
  const client = await trial.control.integrate()
  const basic = Buffer.from(`${client.clientId}:${client.clientSecret}`).toString('base64')
  const body = new URLSearchParams({ grant_type: 'authorization_code', client_id: client.clientId })
  const headers = { authorization: `Basic ${basic}` }
  const response = await fetch(`${trial.url}/oauth2/access_token`, { method: 'POST', headers, body })
  expect(response.status).toBe(401)
  expect(response.headers.get('www-authenticate')).toBe('Basic realm="OAuth"')
})

test('the journal shows fingerprints, never a secret', async () => {
  const client = await trial.control.integrate()
  const code = await trial.code(client)
  const pair = (await (await trial.exchange(client, code)).json()) as Params
  const journal = await trial.control.journal(client.clientId)
  const issued = fingerprint(pair.refresh_token ?? '')
  expect(journal.requests).toMatchObject([
    { token: fingerprint(code), committed: true, issued: { refresh_token: issued, rotated: false } },
  ])
  expect(journal.live_refresh_tokens).toMatchObject([{ token: issued }])
  for (const secret of [code, client.clientSecret, pair.access_token, pair.refresh_token]) {
    expect(JSON.stringify(journal)).not.toContain(secret)
  }
})
