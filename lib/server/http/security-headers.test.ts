import { expect, test } from 'vitest'
import { contentSecurityPolicy, securityHeaders } from './security-headers.ts'

const choices = { nonce: 'abc', https: true, development: false }

test('the policy allows our own scripts of this request, and nothing inline, framed or foreign', () => {
  const policy = contentSecurityPolicy(choices)
  expect(policy.split('; ')).toEqual(
    expect.arrayContaining([
      "default-src 'self'",
      "script-src 'self' 'nonce-abc' 'strict-dynamic'",
      "style-src 'self'",
      "object-src 'none'",
      "base-uri 'none'",
      "form-action 'self'",
      "frame-ancestors 'none'",
    ]),
  )
  expect(policy).not.toMatch(/unsafe|\*|http/)
})

test.each([
  '/',
  '/oauth/callback',
  '/oauth/callback/suite',
  '/oauth/depart',
  '/connexion/entreprise',
  '/api/auth/callback/oidc',
  '/invitation/abc',
  '/mot-de-passe/abc',
  '/premier-demarrage/abc',
])('%s is stored nowhere and told to nobody', (path) => {
  expect(securityHeaders(path, choices)).toMatchObject({
    'referrer-policy': 'no-referrer',
    'cache-control': 'no-store',
  })
})

test.each(['/connexion', '/support', '/invitations', '/oauthless', '/administratif/guide'])(
  '%s tells its address to our own pages only',
  (path) => {
    expect(securityHeaders(path, choices)).toMatchObject({ 'referrer-policy': 'same-origin' })
  },
)

test('browsers are held to https only where the app is served by it', () => {
  expect(securityHeaders('/', choices)).toHaveProperty('strict-transport-security')
  expect(securityHeaders('/', { ...choices, https: false })).not.toHaveProperty('strict-transport-security')
})
