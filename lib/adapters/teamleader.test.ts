import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import type { ConsentProvider } from '#lib/ports/connections.ts'
import { marie } from '#lib/sandbox/teamleader/seeds.ts'
import { openTrial, type Trial } from '#lib/sandbox/test-sandbox.ts'
import { teamleader } from './teamleader.ts'

let trial: Trial
let api: ConsentProvider
beforeAll(async () => {
  trial = await openTrial()
  api = teamleader({ oauthUrl: trial.url, apiUrl: trial.url, sharedClients: [] })
})
afterAll(() => trial.stop())

const deadlineMs = 2_000

describe('Teamleader', () => {
  it('is asked for a code with its four parameters, and no scope', async () => {
    const redirectUri = 'http://localhost:3000/oauth/callback'
    const url = new URL(await api.authorizeUrl({ clientId: 'c1', redirectUri, state: 's1', codeVerifier: null }))
    expect(url.pathname).toBe('/oauth2/authorize')
    expect(Object.fromEntries(url.searchParams)).toEqual({
      client_id: 'c1',
      response_type: 'code',
      redirect_uri: 'http://localhost:3000/oauth/callback',
      state: 's1',
    })
  })

  it('exchanges a code for the redirect URI to the letter', async () => {
    const redirectUri = 'https://app.testocloud.be'
    const client = await trial.control.integrate({ redirectUris: [redirectUri] })
    const credentials = { clientIdentifier: client.clientId, clientSecret: client.clientSecret, codeVerifier: null }
    const code = await trial.code(client)
    const evidence = await api.exchange({ ...credentials, code, redirectUri })
    expect(evidence).toMatchObject({ kind: 'answer', status: 200 })
    const other = await api.exchange({
      ...credentials,
      code: await trial.code(client),
      redirectUri: `${redirectUri}/`,
    })
    expect(other).toMatchObject({ kind: 'answer', status: 400, body: expect.stringContaining('Invalid redirect URI') })
  })

  it('says whose account a token opens', async () => {
    const client = await trial.control.integrate()
    const { access_token: accessToken } = await trial.connect(client)
    expect((await api.identify(accessToken, deadlineMs)).identity).toEqual({
      kind: 'read',
      account: { id: expect.any(String), name: 'Marie Delvaux', email: marie.email },
    })
  })

  it.each([
    [{ status: 503 }, 'passing'],
    [{ status: 429 }, 'passing'],
    [{ status: 200, body: '<html>' }, 'passing'],
    [{ status: 200, body: '{"data":{}}' }, 'passing'],
    [{ status: 200, body: 'null' }, 'passing'],
    [{ reset_before: true }, 'passing'],
    [{ status: 403, body: '<html>403 Forbidden</html>' }, 'passing'],
    [{ status: 404, body: { message: 'Not Found' } }, 'passing'],
    [{ status: 401 }, 'passing'],
    [{ status: 403, body: { errors: [] } }, 'passing'],
    [{ status: 403, body: { errors: [{ title: 'Forbidden' }] } }, 'refused'],
    [{ status: 404, body: { errors: [{ title: 'Not Found' }] } }, 'refused'],
    [{ status: 401, body: { errors: [{ title: 'Access token expired' }] } }, 'token_refused'],
    [{ status: 401, body: { error: 'access_denied', hint: 'Access token could not be verified' } }, 'token_refused'],
  ] as const)('answering users.me with %j is %s', async (step, kind) => {
    const client = await trial.control.integrate()
    const { access_token: accessToken } = await trial.connect(client)
    await trial.control.script({ clientId: client.clientId }, [{ on: 'users.me', ...step }])
    expect((await api.identify(accessToken, deadlineMs)).identity.kind).toBe(kind)
  })

  it.each([
    [{ status: 401, body: { errors: [{ title: 'Access token expired' }] } }, 'access_refused'],
    [{ status: 403, body: { errors: [{ title: 'You do not have access' }] } }, 'read_forbidden'],
    [{ status: 400, body: { errors: [{ title: 'Bad filter' }] } }, 'read_failed'],
    [{ status: 200, body: '<html>' }, 'read_failed'],
    [{ status: 429 }, 'provider_throttled'],
    [{ status: 401, body: '<html>' }, 'provider_unavailable'],
    [{ status: 403, body: '<html>' }, 'provider_unavailable'],
    [{ status: 403, body: { message: 'Forbidden' } }, 'provider_unavailable'],
    [{ status: 404 }, 'provider_unavailable'],
    [{ status: 503, body: { errors: [{ title: 'Oops' }] } }, 'provider_unavailable'],
  ] as const)('answering a list with %j is %s', async (step, failure) => {
    const client = await trial.control.integrate()
    const { access_token: accessToken } = await trial.connect(client)
    await trial.control.script({ clientId: client.clientId }, [{ on: 'companies.list', ...step }])
    expect((await api.testRead('companies', accessToken, deadlineMs)).failure).toBe(failure)
    expect((await api.testRead('companies', accessToken, deadlineMs)).failure).toBeNull()
  })

  it('refuses users.me for good when the integration lacks the scope users', async () => {
    const client = await trial.control.integrate({ scopes: ['companies', 'contacts', 'departments'] })
    const { access_token: accessToken } = await trial.connect(client)
    expect((await api.identify(accessToken, deadlineMs)).identity.kind).toBe('refused')
  })
})
