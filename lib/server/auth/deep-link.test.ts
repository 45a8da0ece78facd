import { expect, test } from 'vitest'
import { deepLinkOf, signInPathFor } from './deep-link.ts'

test.each([
  '/administratif/journal',
  '/administratif/journal?show=alerts&outcome=failed&from=2026-11-22',
  '/administratif/entreprises/3f2c-91?q=caf%C3%A9',
  '/support',
  '/support/7f3c2a10-5d41-103b-8e26-1fcdd5140767',
  '/mon-compte',
])('%s is a page to go on to', (asked) => {
  expect(deepLinkOf(asked)).toBe(asked)
})

test('a file is left for its page, and a fragment is the browser’s', () => {
  expect(deepLinkOf('/administratif/journal/export?show=alerts')).toBe('/administratif/journal?show=alerts')
  expect(deepLinkOf('/support#top')).toBe('/support')
})

test.each([
  '',
  '/',
  'support',
  '//evil.example/support',
  '/\\evil.example',
  '\\\\evil.example',
  '/support\\..\\evil',
  'https://evil.example/support',
  'javascript:alert(1)',
  '/%2F%2Fevil.example',
  '/%5Cevil.example',
  '/support/%2e%2e/api/v1',
  '/support/../api/v1',
  '/support//evil.example',
  '/support/@evil.example',
  '/support/',
  '/supporters',
  '/Support',
  '/support/a b',
  '/support\n/evil',
  '/support?x=\u0000',
  '/support?x=%0d%0aLocation:%20https://evil.example',
  '/support?x=%7F',
  '/support/é',
  '/oauth/callback?code=abc&state=def',
  '/oauth/callback/suite',
  '/?code=abc',
  '/api/auth/signout',
  '/api/v1/connections',
  '/connexion',
  '/connexion?next=/support',
  '/invitation/token',
  '/mot-de-passe/token',
  `/support?x=${'y'.repeat(2_000)}`,
])('%j is none', (asked) => {
  expect(deepLinkOf(asked)).toBeNull()
  expect(signInPathFor(asked)).toBe('/connexion')
})

test('where one signs in carries it whole, and a browser reads it back so', () => {
  const asked = '/administratif/journal?show=alerts&from=2026-11-22'
  const { origin, pathname, searchParams } = new URL(signInPathFor(asked), 'https://ours.example')
  expect([origin, pathname, searchParams.get('next')]).toEqual(['https://ours.example', '/connexion', asked])
  expect(signInPathFor(null)).toBe('/connexion')
})

test('whatever passes stays on the origin that it is resolved against', () => {
  for (const asked of ['/support?//evil.example', '/support?x=https://evil.example', '/administratif/a?@evil.example'])
    expect(new URL(deepLinkOf(asked) ?? '', 'https://ours.example').origin).toBe('https://ours.example')
})
