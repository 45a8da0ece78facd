import { createHash } from 'node:crypto'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { openTrial, type Trial } from '#lib/sandbox/test-sandbox.ts'
import type { Integration } from '../integration.ts'
import { marie } from '../seeds.ts'

let trial: Trial
beforeAll(async () => {
  trial = await openTrial()
})
afterAll(() => trial.stop())

const callback = 'http://localhost:3000/oauth/callback'
const manual = { redirect: 'manual' } as const

function authorizeUrl({ clientId }: Integration, changes: Record<string, string> = {}): string {
  const query = { client_id: clientId, response_type: 'code', redirect_uri: callback, ...changes }
  return `${trial.url}/oauth2/authorize?${new URLSearchParams(query)}`
}
const locationOf = (response: Response): URL => new URL(response.headers.get('location') ?? '', trial.url)
const submit = (url: string, fields: Record<string, string>, cookie = ''): Promise<Response> =>
  fetch(url, { ...manual, method: 'POST', body: new URLSearchParams(fields), headers: { cookie } })

/** Follows the hop to the sign-in host and back, as a browser would. */
async function signIn(url: string, password = marie.password): Promise<{ page: Response; cookie: string }> {
  const login = locationOf(await fetch(url, manual))
  const form = { email: marie.email, password, continue: login.searchParams.get('continue') ?? '' }
  const delivery = await submit(`${login.origin}/login`, form)
  if (delivery.status !== 302) return { page: delivery, cookie: '' }
  const entered = await fetch(locationOf(delivery), manual)
  const cookie = entered.headers.get('set-cookie')?.split(';')[0] ?? ''
  return { page: await fetch(locationOf(entered), { ...manual, headers: { cookie } }), cookie }
}

describe('the way through', () => {
  test('signed out, the user is sent to sign in on another origin and comes back to the consent page', async () => {
    const client = await trial.control.integrate()
    const login = locationOf(await fetch(authorizeUrl(client), manual))
    expect(login.href).toContain(`${trial.signInUrl}/login?`)
    const { page } = await signIn(authorizeUrl(client))
    const html = await page.text()
    for (const message of [
      'Autoriser Testo Pro+ Sync',
      'Marie Delvaux',
      'Changer de compte',
      'DONNER ACCÈS',
      'REFUSER',
    ]) {
      expect(html).toContain(message)
    }
    expect(html.match(/<li>\w+<\/li>/g)).toEqual([
      '<li>Companies</li>',
      '<li>Contacts</li>',
      '<li>Departments</li>',
      '<li>Users</li>',
    ])
    expect(page.url).not.toContain('ticket')
  })

  test('yes redirects with a code that works, and the state as it came', async () => {
    const client = await trial.control.integrate()
    const url = authorizeUrl(client, { state: 'a b&c' })
    const { cookie } = await signIn(url)
    const back = locationOf(await submit(url, { decision: 'grant' }, cookie))
    expect(`${back.origin}${back.pathname}`).toBe(callback)
    expect(back.searchParams.get('state')).toBe('a b&c')
    expect((await trial.exchange(client, back.searchParams.get('code') ?? '')).status).toBe(200)
  })

  test('no state asked, none given', async () => {
    const client = await trial.control.integrate()
    const { cookie } = await signIn(authorizeUrl(client))
    const back = locationOf(await submit(authorizeUrl(client), { decision: 'grant' }, cookie))
    expect([...back.searchParams.keys()]).toEqual(['code'])
  })

  test('no redirects with access_denied, its reasons and the state', async () => {
    const client = await trial.control.integrate()
    const url = authorizeUrl(client, { state: 's' })
    const { cookie } = await signIn(url)
    const back = locationOf(await submit(url, { decision: 'refuse' }, cookie))
    expect(Object.fromEntries(back.searchParams)).toEqual({
      error: 'access_denied',
      error_description: 'The resource owner or authorization server denied the request.',
      hint: 'The user denied the request',
      state: 's',
    })
  })

  test('switched so, no redirects with a bare error', async () => {
    const client = await trial.control.integrate()
    await trial.control.turn(client, { refusal_state: false })
    const url = authorizeUrl(client, { state: 's' })
    const { cookie } = await signIn(url)
    expect(locationOf(await submit(url, { decision: 'refuse' }, cookie)).search).toBe('?error=access_denied')
  })

  test('a consent without session grants nothing', async () => {
    const client = await trial.control.integrate()
    const answer = await submit(authorizeUrl(client), { decision: 'grant' })
    expect(locationOf(answer).origin).toBe(trial.signInUrl)
  })
})

describe('what never redirects', () => {
  test.each<[string, Record<string, string>]>([
    ['an unknown client', { client_id: '0'.repeat(32) }],
    ['a redirect URI with one slash more', { redirect_uri: `${callback}/` }],
    ['a redirect URI with a query of its own', { redirect_uri: `${callback}?x=1` }],
    ['a missing redirect URI', { redirect_uri: '' }],
  ])('%s gets an error page', async (_, changes) => {
    const client = await trial.control.integrate()
    const response = await fetch(authorizeUrl(client, changes), manual)
    expect(response.status).toBe(401)
    expect(response.headers.get('location')).toBeNull()
    expect(await response.text()).toContain('Bac à sable')
  })

  test('an empty allow-list allows nothing, or anything when so switched', async () => {
    const client = await trial.control.integrate({ redirectUris: [] })
    expect((await fetch(authorizeUrl(client), manual)).status).toBe(401)
    await trial.control.turn(client, { empty_allow_list: 'any' })
    expect((await fetch(authorizeUrl(client), manual)).status).toBe(302)
  })

  test('markup in a request is shown as text', async () => {
    const client = await trial.control.integrate({ name: '<b>Testo</b>' })
    const html = await (await fetch(authorizeUrl(client, { redirect_uri: '<script>' }), manual)).text()
    expect(html).toContain('&lt;script&gt;')
    expect(html).toContain('&lt;b&gt;Testo')
  })
})

test('a scope is an error told to the client', async () => {
  const client = await trial.control.integrate()
  const back = locationOf(await fetch(authorizeUrl(client, { scope: 'companies', state: 's' }), manual))
  expect(`${back.origin}${back.pathname}`).toBe(callback)
  expect(back.searchParams.get('error')).toBe('invalid_scope')
  expect(back.searchParams.get('state')).toBe('s')
})

describe('a code challenge', () => {
  const verifier = 'v'.repeat(43)
  const challenge = { code_challenge: createHash('sha256').update(verifier).digest('base64url') }
  const s256 = { ...challenge, code_challenge_method: 'S256' }

  test.each<[string, Record<string, string>, boolean]>([
    ['missing where it is required', {}, true],
    ['in plain', challenge, false],
  ])('%s is told to the client', async (_, changes, pkce_required) => {
    const client = await trial.control.integrate()
    await trial.control.turn(client, { pkce_required })
    const back = locationOf(await fetch(authorizeUrl(client, changes), manual))
    expect(back.searchParams.get('error')).toBe('invalid_request')
    expect(back.searchParams.get('hint')).toMatch(/code_challenge/)
  })

  test('sent along, wants its verifier with the code', async () => {
    const client = await trial.control.integrate()
    const url = authorizeUrl(client, s256)
    const { cookie } = await signIn(url)
    const code = locationOf(await submit(url, { decision: 'grant' }, cookie)).searchParams.get('code') ?? ''
    expect((await trial.exchange(client, code)).status).toBe(400)
    expect((await trial.exchange(client, code, { code_verifier: 'w'.repeat(43) })).status).toBe(400)
    expect((await trial.exchange(client, code, { code_verifier: verifier })).status).toBe(200)
  })
})

describe('signing in', () => {
  test('a wrong password stays on the sign-in page', async () => {
    const client = await trial.control.integrate()
    const { page } = await signIn(authorizeUrl(client), 'wrong')
    expect(page.status).toBe(401)
    expect(await page.text()).toContain('Adresse e-mail ou mot de passe incorrect')
  })

  test('never leads to another host', async () => {
    const fields = { email: marie.email, password: marie.password, continue: '//evil.example/oauth2/authorize?' }
    const answer = await submit(`${trial.signInUrl}/login`, fields)
    expect(locationOf(answer).origin).toBe(trial.url)
  })

  test('a ticket is good once', async () => {
    const client = await trial.control.integrate()
    const login = locationOf(await fetch(authorizeUrl(client), manual))
    const form = { email: marie.email, password: marie.password, continue: login.searchParams.get('continue') ?? '' }
    const ticketed = locationOf(await submit(`${login.origin}/login`, form))
    expect((await fetch(ticketed, manual)).headers.get('set-cookie')).toMatch(/HttpOnly/)
    expect((await fetch(ticketed, manual)).headers.get('set-cookie')).toBeNull()
  })

  test('the pages carry a policy without scripts; only the consent page leaves form-action open', async () => {
    const client = await trial.control.integrate()
    const policyOf = (response: Response): string => response.headers.get('content-security-policy') ?? ''
    const login = await fetch(locationOf(await fetch(authorizeUrl(client), manual)))
    const { page } = await signIn(authorizeUrl(client))
    expect(policyOf(login)).toContain(`form-action 'self' ${trial.url}`)
    expect(policyOf(page)).toContain("default-src 'none'")
    expect(policyOf(page)).not.toContain('form-action')
  })
})
