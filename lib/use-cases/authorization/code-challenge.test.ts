import { afterAll, beforeAll, expect, it } from 'vitest'
import { withConsent } from '#lib/domain/connections/provider.ts'
import type { ConsentProvider } from '#lib/ports/connections.ts'
import { openTestApp, type TestApp } from '#lib/testing/app/test-app.ts'
import { pendingWork } from '../tokens/pending-work.ts'
import { readClientSecrets } from '../tokens/read-client-secrets.ts'
import { exchangeCode } from './exchange-code.ts'
import { handleCallback } from './handle-callback.ts'
import { startAuthorization } from './start-authorization.ts'
import { storeGrant } from './store-grant.ts'

let testApp: TestApp
beforeAll(async () => {
  testApp = await openTestApp()
})
afterAll(() => testApp.close())

const nonce = 'n'.repeat(43)

/** The real use cases, in front of a provider with other switches than Teamleader's. */
const composed = (switches: Partial<Pick<ConsentProvider, 'pkce' | 'issuer'>>) => {
  const { app } = testApp
  const teamleader = { ...withConsent(app.providers.teamleader), ...switches }
  const deps = { ...app, providers: { ...app.providers, teamleader } }
  const pending = pendingWork()
  return {
    start: startAuthorization(deps, app.switchConnection),
    callback: handleCallback(
      deps,
      exchangeCode(deps, readClientSecrets(deps), storeGrant(deps, pending), pending),
      app.resolveCandidate,
    ),
  }
}

/** An admin who left, and the query that their browser took to the consent page. */
const left = async ({ start }: ReturnType<typeof composed>) => {
  const { admin, integration } = await testApp.configuredTenant()
  await testApp.control.turn({ clientId: integration.clientId }, { pkce_required: true })
  const state = await start.begin(admin, 'teamleader', nonce)
  const url = await start.destination(admin, 'teamleader', state, nonce)
  const query = new URL(url ?? '').searchParams
  const challenge = query.get('code_challenge')
  const { code } = await testApp.control.authorize({
    clientId: integration.clientId,
    redirectUri: query.get('redirect_uri') ?? '',
    user: 'marie.delvaux@atelier-delvaux.example',
    ...(challenge && { codeChallenge: challenge }),
  })
  return { admin, state, code, query }
}

it('goes along where the provider wants one, and the verifier comes with the code', async () => {
  const cases = composed({ pkce: true })
  const { admin, state, code, query } = await left(cases)
  expect(query.get('code_challenge')).toMatch(/^[\w-]{43}$/)
  expect(query.get('code_challenge_method')).toBe('S256')
  const back = { provider: 'teamleader', state, nonce, user: admin } as const
  expect(await cases.callback.withCode(back, code)).toEqual({ kind: 'connected' })
})

it('is another for each authorization, and a code of another one is refused', async () => {
  const cases = composed({ pkce: true })
  const [one, other] = [await left(cases), await left(cases)]
  expect(one.query.get('code_challenge')).not.toBe(other.query.get('code_challenge'))
  const back = { provider: 'teamleader', state: one.state, nonce, user: one.admin } as const
  expect(await cases.callback.withCode(back, other.code)).toMatchObject({ kind: 'failed' })
})

it('is kept through a sign-in, sealed, and forgotten with the exchange', async () => {
  const cases = composed({ pkce: true })
  const { admin, state, code } = await left(cases)
  const verifier = async () =>
    (await testApp.app.store.authorizations.findPending(testApp.app.random.hash(state)))?.sealedVerifier
  const back = { provider: 'teamleader', state, nonce, user: null } as const
  expect(await cases.callback.withCode(back, code)).toEqual({ kind: 'parked' })
  expect(await verifier()).toMatch(/^eyJ/)
  expect(await cases.callback.finishParked({ provider: 'teamleader', nonce, user: admin })).toEqual({
    kind: 'connected',
  })
  expect(await verifier()).toBeNull()
})

it('is not sent to Teamleader', async () => {
  const { admin } = await testApp.configuredTenant()
  const { startAuthorization: start } = testApp.app
  const state = await start.begin(admin, 'teamleader', nonce)
  const url = await start.destination(admin, 'teamleader', state, nonce)
  expect([...new URL(url ?? '').searchParams.keys()]).not.toContain('code_challenge')
})

const issuer = 'https://focus.example'

it.each([
  ['its own name', issuer, { kind: 'connected' }],
  ['the name of another', 'https://elsewhere.example', { kind: 'failed', code: 'state_unknown', known: true }],
  ['no name', null, { kind: 'failed', code: 'state_unknown', known: true }],
])('a provider that names itself answers with %s', async (_, iss, result) => {
  const cases = composed({ issuer, pkce: true })
  const { admin, state, code } = await left(cases)
  const back = { provider: 'teamleader', state, iss, nonce, user: admin } as const
  expect(await cases.callback.withCode(back, code)).toEqual(result)
  // what was not believed used nothing up
  if (iss !== issuer)
    expect(await cases.callback.withCode({ ...back, iss: issuer }, code)).toEqual({ kind: 'connected' })
})
