import { expect, test } from 'vitest'
import { totpCodes } from './totp.ts'

/** Of RFC 6238 appendix B: the ASCII text `12345678901234567890`; its codes are cut to six digits. */
const secret = 'GEZDGNBVGY3TQOJQGEZDGNBVGY3TQOJQ'
const codes = totpCodes()
const { stepOf, newSecret } = codes
const at = (seconds: number) => new Date(seconds * 1000)

test.each([
  [59, '287082'],
  [1_111_111_109, '081804'],
  [1_234_567_890, '005924'],
  [20_000_000_000, '353130'],
])('the code of second %i is %s, half a minute early or late as well', (seconds, code) => {
  const step = Math.floor(seconds / 30)
  expect(stepOf(secret, code, at(seconds))).toBe(step)
  expect(stepOf(secret, code, at(seconds + 30))).toBe(step)
  expect(stepOf(secret, code, at(seconds - 30))).toBe(step)
  expect(stepOf(secret, code, at(seconds + 60))).toBeNull()
})

test.each(['', '28708', '2870822', '28708a', '000000'])('%o is no code', (code) => {
  expect(stepOf(secret, code, at(59))).toBeNull()
})

test('a secret has 160 bits, and an app reads it with the name of its account', () => {
  const made = newSecret()
  expect(made).toMatch(/^[A-Z2-7]{32}$/)
  expect(newSecret()).not.toBe(made)
  const { url, qr } = codes.describe(made, 'marie@atelier.example')
  expect(url).toContain(`secret=${made}`)
  expect(decodeURIComponent(url)).toMatch(/^otpauth:\/\/totp\/Porte-clés:marie@atelier\.example\?issuer=Porte-clés&/)
  expect(qr.size).toBeGreaterThan(30)
  expect(qr.path).toMatch(/^M\d+ \d+h1v1h-1z/)
})
