import { expect, test } from 'vitest'
import { cookieAttributes, cookieName } from './cookie-name.ts'

test.each([
  ['https://cles.example', '/', '__Host-porte-cles-code'],
  ['https://cles.example', '/oauth/depart', '__Secure-porte-cles-code'],
  ['http://localhost:3000', '/', 'porte-cles-code'],
  ['http://localhost:3000', '/oauth/depart', 'porte-cles-code'],
])('at %s the cookie of the path %s is called %s', (publicUrl, path, name) => {
  expect(cookieName('porte-cles-code', path, publicUrl)).toBe(name)
})

test('what a prefix of a name promises is in the attributes', () => {
  expect(cookieAttributes('/', 'lax', 'https://cles.example')).toEqual({
    httpOnly: true,
    secure: true,
    sameSite: 'lax',
    path: '/',
  })
})
