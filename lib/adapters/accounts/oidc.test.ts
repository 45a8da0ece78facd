import { afterEach, beforeEach, describe, expect, test } from 'vitest'
import { Failure } from '#lib/domain/failure.ts'
import { type OpenIdProvider, openOpenIdProvider } from '#lib/testing/servers/openid-provider.ts'
import { oidcProvider } from './oidc.ts'

const publicUrl = 'http://localhost:3000'
const redirectUri = `${publicUrl}/api/auth/callback/oidc`
const claims = { email: 'marie@atelier.example', email_verified: true }

let there: OpenIdProvider
afterEach(() => there.stop())

const open = async (alg: 'RS256' | 'PS256' | 'ES256' = 'RS256') => {
  there = await openOpenIdProvider({ alg })
  there.serve(publicUrl)
  there.setClaims('marie', claims)
}

const clientOf = (more: { issuer?: string; clientSecret?: string } = {}) => {
  const { OIDC_ISSUER: issuer, OIDC_CLIENT_ID: clientId, OIDC_CLIENT_SECRET: clientSecret } = there.settings
  return oidcProvider({ issuer, clientId, clientSecret, ...more }, redirectUri)
}

/** What a browser does there, until it is sent back to us. @returns the query that it comes back with */
const signInThere = async (start: string, form = 'subject=marie'): Promise<string> => {
  const jar = new Map<string, string>()
  let url = start
  for (let hop = 0; hop < 10; hop += 1) {
    if (url.startsWith(redirectUri)) return new URL(url).search
    const asks = url.includes('/interaction/')
    const cookie = [...jar].map(([name, value]) => `${name}=${value}`).join('; ')
    const headers = { cookie, ...(asks && { 'content-type': 'application/x-www-form-urlencoded' }) }
    const answer = await fetch(url, { redirect: 'manual', headers, ...(asks && { method: 'POST', body: form }) })
    for (const set of answer.headers.getSetCookie()) {
      const [pair = ''] = set.split(';')
      jar.set(pair.slice(0, pair.indexOf('=')), pair.slice(pair.indexOf('=') + 1))
    }
    url = new URL(answer.headers.get('location') ?? '', url).href
  }
  throw new Error('the provider did not send the browser back')
}

const codeOf = (attempt: Promise<unknown>) =>
  attempt.then(
    () => 'in',
    (error: unknown) => (error instanceof Failure ? error.code : error),
  )

test.each(['RS256', 'PS256', 'ES256'] as const)('an ID token signed by %s tells who somebody is', async (alg) => {
  await open(alg)
  const client = clientOf()
  const { url, checks } = await client.begin(false)
  const told = await client.finish(await signInThere(url), checks)
  expect(told).toEqual({ iss: there.issuer, sub: 'marie', ...claims })
})

describe('with a provider', () => {
  beforeEach(() => open())

  test('a proof that must be fresh is asked for, and is dated', async () => {
    const client = clientOf()
    const { url, checks } = await client.begin(true)
    expect(new URL(url).searchParams.get('max_age')).toBe('0')
    expect(await client.finish(await signInThere(url), checks)).toMatchObject({ sub: 'marie' })
    const stale = await client.begin(false)
    const query = await signInThere(stale.url)
    expect(await codeOf(client.finish(query, { ...stale.checks, fresh: true }))).not.toBe('in')
  })

  test('a code is taken once, and only with what was made for it', async () => {
    const client = clientOf()
    const { url, checks } = await client.begin(false)
    const query = await signInThere(url)
    expect(await codeOf(client.finish(query, { ...checks, state: 'another' }))).toBe('oidc_interrupted')
    expect(await codeOf(client.finish(query, { ...checks, nonce: 'another' }))).not.toBe('in')
    expect(await codeOf(client.finish(query, checks))).toBe('oidc_interrupted')
  })

  test('a refusal, a wrong secret and a wrong issuer are told apart', async () => {
    const client = clientOf()
    const refused = await client.begin(false)
    expect(await codeOf(client.finish(await signInThere(refused.url, 'refuse=1'), refused.checks))).toBe('oidc_refused')
    const wrong = clientOf({ clientSecret: 'another secret' })
    const { url, checks } = await wrong.begin(false)
    expect(await codeOf(wrong.finish(await signInThere(url), checks))).toBe('oidc_misconfigured')
    const elsewhere = there.issuer.replace('127.0.0.1', 'localhost')
    expect(await codeOf(clientOf({ issuer: elsewhere }).begin(false))).toBe('oidc_misconfigured')
    expect(await clientOf({ issuer: elsewhere }).examine()).toBe('oidc_misconfigured')
    expect(await clientOf({ issuer: `${there.issuer}/nothing` }).examine()).toBe('oidc_misconfigured')
    expect(await clientOf({ issuer: `${there.issuer}/` }).examine()).toBeNull()
  })

  test('one that is down is not misconfigured, and is asked again', async () => {
    const client = clientOf()
    await there.stop()
    expect(await codeOf(client.begin(false))).toBe('oidc_unavailable')
    expect(await client.examine()).toBe('oidc_unavailable')
    await there.start()
    expect(await codeOf(client.begin(false))).toBe('in')
  })
})
