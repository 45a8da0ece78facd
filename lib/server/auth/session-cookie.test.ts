import { decode, encode } from 'next-auth/jwt'
import { expect, test } from 'vitest'
import { authCookies, formerSessionCookie, openSession, sealSession, sessionCookie } from './session-cookie.ts'

const settings = { publicUrl: 'https://cles.example', nextAuthSecret: 'a secret of more than thirty-two characters' }
const session = { id: '4f0c', expiresAt: new Date('2026-11-23T00:00:00Z') }

test('the token opens to the session it was sealed for, and holds nothing else of ours', async () => {
  const token = await sealSession(session, settings)
  expect(await openSession(token, settings)).toBe('4f0c')
  const tokenSet = await decode({ token, secret: settings.nextAuthSecret })
  expect(Object.keys(tokenSet ?? {}).sort()).toEqual(['exp', 'iat', 'jti', 'sid'])
})

test.each(['', 'a.b.c', 'eyJhbGciOiJub25lIn0.eyJzaWQiOiI0ZjBjIn0.'])('%o is nobody’s', async (token) => {
  expect(await openSession(token, settings)).toBeNull()
})

test('a token of another secret, or without a session, is nobody’s', async () => {
  const other = { ...settings, nextAuthSecret: 'another secret of more than thirty-two' }
  expect(await openSession(await sealSession(session, other), settings)).toBeNull()
  const empty = await encode({ token: { sub: '4f0c' }, secret: settings.nextAuthSecret })
  expect(await openSession(empty, settings)).toBeNull()
})

test('the cookie is out of scripts’ reach, and secure on https', () => {
  expect(sessionCookie(settings)).toEqual({
    name: '__Host-porte-cles-session',
    options: { httpOnly: true, sameSite: 'lax', path: '/', secure: true },
  })
  expect(sessionCookie({ publicUrl: 'http://localhost:3000' })).toMatchObject({
    name: 'porte-cles-session',
    options: { secure: false },
  })
})

test('no cookie has a name that another app with next-auth writes on a parent domain', () => {
  for (const { name } of Object.values(authCookies(settings.publicUrl))) expect(name).toMatch(/^__Host-porte-cles-/)
})

test('a session that began under next-auth’s own name is still found', () => {
  expect(formerSessionCookie(settings)).toBe('__Secure-next-auth.session-token')
  expect(formerSessionCookie({ publicUrl: 'http://localhost:3000' })).toBe('next-auth.session-token')
})
