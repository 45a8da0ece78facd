import { expect, test } from 'vitest'
import { isIssuer, isSameIdentity, readOidcIdentity } from './oidc-identity.ts'

const claims = { iss: 'https://id.example', sub: '4711', email: ' Marie@Atelier.Example ', email_verified: true }

test('verified claims name somebody by issuer, subject and folded address', () => {
  expect(readOidcIdentity(claims)).toEqual({
    issuer: 'https://id.example',
    subject: '4711',
    verifiedEmail: 'marie@atelier.example',
  })
})

test.each([false, 'true', 1, null, undefined])('email_verified %o verifies no address', (verified) => {
  expect(readOidcIdentity({ ...claims, email_verified: verified })).toMatchObject({ verifiedEmail: null })
})

test.each([
  undefined,
  '',
  '  ',
  42,
  ['marie@atelier.example'],
  'marie',
  'ma\u200brie@atelier.example',
  'a\u0000@b.example',
])('the address %o is none', (email) => {
  expect(readOidcIdentity({ ...claims, email })).toMatchObject({ subject: '4711', verifiedEmail: null })
})

test.each([{ iss: undefined }, { sub: undefined }, { iss: '' }, { sub: '' }, { sub: 4711 }, { sub: '47\u000011' }])(
  'claims with %o name nobody',
  (odd) => {
    expect(readOidcIdentity({ ...claims, ...odd })).toBeNull()
  },
)

test.each([
  ['https://id.example', 'https://id.example/', true],
  ['https://id.example/realm', 'https://id.example/realm', true],
  ['https://id.example', 'https://id.example.evil.example', false],
  ['https://id.example/realm', 'https://id.example/other', false],
  ['https://id.example', 'http://id.example', false],
  ['https://id.example', undefined, false],
])('a configuration asked of %s that names %s: %s', (expected, named, same) => {
  expect(isIssuer(expected, named)).toBe(same)
})

test('the same subject of another issuer is somebody else', () => {
  const marie = { issuer: 'https://id.example', subject: '4711' }
  expect(isSameIdentity(marie, { ...marie })).toBe(true)
  expect(isSameIdentity(marie, { ...marie, issuer: 'https://id.other' })).toBe(false)
  expect(isSameIdentity(marie, { ...marie, subject: '4712' })).toBe(false)
})
