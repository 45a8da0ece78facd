import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest'
import { openTrial, type Params, type Trial } from '#lib/sandbox/test-sandbox.ts'
import type { Integration } from '../integration.ts'

let trial: Trial
beforeAll(async () => {
  trial = await openTrial()
})
afterAll(() => trial.stop())

type Verdict = [status: number, error: string]
type Row = { name: string; v9: Verdict; v8: Verdict; hint?: string; ask(client: Integration): Promise<Response> }

const spent = async (client: Integration): Promise<string> => {
  const { refresh_token } = await trial.connect(client)
  await trial.refresh(client, refresh_token)
  return refresh_token
}
const used = async (client: Integration): Promise<string> => {
  const code = await trial.code(client)
  await trial.exchange(client, code)
  return code
}
const exchange = async (client: Integration, changes: Params): Promise<Response> =>
  trial.exchange(client, await trial.code(client), changes)

const grant: Verdict = [400, 'invalid_grant']
const request: Verdict = [400, 'invalid_request']
const v8Refresh: Verdict = [401, 'invalid_request']

const rows: Row[] = [
  {
    name: 'a refresh token already used',
    ...{ v9: grant, v8: v8Refresh, hint: 'Token has been revoked' },
    ask: async (client) => trial.refresh(client, await spent(client)),
  },
  {
    name: 'a garbage refresh token',
    ...{ v9: grant, v8: v8Refresh, hint: 'Cannot decrypt the refresh token' },
    ask: (client) => trial.refresh(client, 'def50200'),
  },
  {
    name: 'an expired refresh token',
    ...{ v9: grant, v8: v8Refresh, hint: 'Token has expired' },
    ask: async (client) => {
      await trial.control.turn(client, { refresh_ttl_s: -1 })
      return trial.refresh(client, (await trial.connect(client)).refresh_token)
    },
  },
  {
    name: 'a refresh token of another client',
    ...{ v9: grant, v8: v8Refresh, hint: 'Token is not linked to client' },
    ask: async (client) => trial.refresh(client, (await trial.connect(await trial.control.integrate())).refresh_token),
  },
  {
    name: 'an unknown client',
    ...{ v9: [401, 'invalid_client'], v8: [401, 'invalid_client'] },
    ask: (client) => exchange(client, { client_id: '0'.repeat(32) }),
  },
  {
    name: 'a wrong secret',
    ...{ v9: [401, 'invalid_client'], v8: [401, 'invalid_client'] },
    ask: (client) => exchange(client, { client_secret: 'wrong' }),
  },
  {
    name: 'an expired code',
    ...{ v9: grant, v8: request, hint: 'Authorization code has expired' },
    ask: async (client) => {
      await trial.control.turn(client, { code_ttl_s: -1 })
      return exchange(client, {})
    },
  },
  {
    name: 'a code already used',
    ...{ v9: grant, v8: request, hint: 'Authorization code has been revoked' },
    ask: async (client) => trial.exchange(client, await used(client)),
  },
  {
    name: 'a code of another client',
    ...{ v9: request, v8: request, hint: 'Authorization code was not issued to this client' },
    ask: async (client) => trial.exchange(client, await trial.code(await trial.control.integrate())),
  },
  {
    name: 'a redirect URI that differs',
    ...{ v9: request, v8: request, hint: 'Invalid redirect URI' },
    ask: (client) => exchange(client, { redirect_uri: 'http://localhost:3000/' }),
  },
  {
    name: 'a missing redirect URI',
    ...{ v9: request, v8: request, hint: 'Check the `redirect_uri` parameter' },
    ask: (client) => exchange(client, { redirect_uri: '' }),
  },
  {
    name: 'an unknown grant type',
    ...{ v9: [400, 'unsupported_grant_type'], v8: [400, 'unsupported_grant_type'] },
    hint: 'Check that all required parameters have been provided',
    ask: (client) => exchange(client, { grant_type: 'client_credentials' }),
  },
  {
    name: 'a scope, whatever it names',
    ...{ v9: [400, 'invalid_scope'], v8: [400, 'invalid_scope'], hint: 'Check the `companies` scope' },
    ask: (client) => exchange(client, { scope: 'companies contacts' }),
  },
]

type Listed = { errors: { code: number; title: string; status: number; meta: Params }[] }

describe('in the shape of its own API', () => {
  beforeEach(() => trial.control.turn({}, { league: 'v9', error_shape: 'errors' }))

  test.each(rows)('refuses $name', async ({ name, ask, hint, v9 }) => {
    const client = await trial.control.integrate()
    const response = await ask(client)
    const ofRefreshToken = name.includes('refresh token')
    const [status, error] = ofRefreshToken ? request : v9
    const { errors } = (await response.json()) as Listed
    expect(errors).toEqual([
      {
        code: expect.any(Number),
        title: expect.stringMatching(/\w/),
        status,
        meta: { type: error, ...(hint && { hint }) },
      },
    ])
    expect(response.status).toBe(status)
    if (ofRefreshToken) expect(errors[0]).toMatchObject({ code: 8, title: 'The refresh token is invalid.' })
    const { requests } = await trial.control.journal()
    expect(requests.at(-1)).toMatchObject({ status, error, committed: false, delivered: true })
  })
})

describe.each(['v9', 'v8'] as const)('in the words of league %s', (league) => {
  beforeEach(() => trial.control.turn({}, { league, error_shape: 'oauth' }))

  test.each(rows)('refuses $name', async ({ ask, hint, [league]: [status, error] }) => {
    const client = await trial.control.integrate()
    const response = await ask(client)
    const body = (await response.json()) as Params
    expect([response.status, body.error, body.hint]).toEqual([status, error, hint])
    expect(body.error_description).toMatch(/\w/)
    expect(body.message).toBe(league === 'v8' ? body.error_description : undefined)
    expect(response.headers.get('www-authenticate')).toBeNull()
    const { requests } = await trial.control.journal()
    expect(requests.at(-1)).toMatchObject({ status, error, committed: false, delivered: true })
  })

  test('a garbage code is refused with the hint of that version', async () => {
    const client = await trial.control.integrate()
    const verb = { v9: 'Issue decrypting', v8: 'Cannot decrypt' }[league]
    const body = await (await trial.exchange(client, 'x')).json()
    expect(body).toMatchObject({ error: 'invalid_request', hint: `${verb} the authorization code` })
  })
})

test('only league v9 refuses a code verifier that no challenge announced', async () => {
  const client = await trial.control.integrate()
  const code_verifier = 'v'.repeat(43)
  await trial.control.turn(client, { league: 'v9' })
  expect((await exchange(client, { code_verifier })).status).toBe(400)
  await trial.control.turn(client, { league: 'v8' })
  expect((await exchange(client, { code_verifier })).status).toBe(200)
})

test('a token request that cannot be read is one without a grant type', async () => {
  await trial.control.turn({}, { error_shape: 'errors' })
  const headers = { 'content-type': 'application/json' }
  const response = await fetch(`${trial.url}/oauth2/access_token`, { method: 'POST', headers, body: '{' })
  const { errors } = (await response.json()) as Listed
  expect([response.status, errors[0]?.meta.type]).toEqual([400, 'unsupported_grant_type'])
})
