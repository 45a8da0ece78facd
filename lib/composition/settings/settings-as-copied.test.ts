import { expect, test } from 'vitest'
import { parseEnv, StartupError } from '../env.ts'

const refusalOf = (source: Record<string, string>) => {
  try {
    parseEnv(source)
    return ''
  } catch (error) {
    if (error instanceof StartupError) return error.message
    throw error
  }
}

test.each([' ', '\n', '\r\n', '\t', '\u00a0'])('%j around a setting is not part of it', (blank) => {
  const set = {
    DATABASE_URL: 'file:./data/other.db',
    PUBLIC_URL: 'https://cles.example',
    ENCRYPTION_KEYS: `k1:${Buffer.alloc(32, 1).toString('base64')}`,
    NEXTAUTH_SECRET: 'x'.repeat(32),
    PORT: '4000',
    SMTP_URL: 'smtp://cles:secret@mail.example',
    MAIL_FROM: 'Porte-clés <cles@example.org>',
    OIDC_ISSUER: 'https://id.example',
    OIDC_CLIENT_ID: 'cles',
    OIDC_CLIENT_SECRET: 'hunter2',
  }
  const padded = Object.fromEntries(Object.entries(set).map(([name, value]) => [name, `${blank}${value}${blank}`]))
  expect(parseEnv(padded)).toEqual(parseEnv(set))
})

test.each(['"', "'"])('a setting that still stands in %s is named, and not said again', (quote) => {
  const secret = `${quote}${'hunter2'.repeat(8)}${quote}`
  const refused = refusalOf({ NEXTAUTH_SECRET: secret, DATABASE_URL: `${quote}file:./data/a.db${quote}` })
  expect(refused.split('\n')).toEqual([
    'DATABASE_URL stands in quotes: write it without them.',
    'NEXTAUTH_SECRET stands in quotes: write it without them.',
  ])
})

test.each(['\n', '\r', '\t', '\u200b', '\u0000'])('%j inside a setting is named, and not said again', (sign) => {
  const refused = refusalOf({ NEXTAUTH_SECRET: `${'hunter2'.repeat(4)}${sign}${'hunter2'.repeat(4)}` })
  expect(refused).toBe('NEXTAUTH_SECRET contains a line break or an invisible character: write it on one line.')
})
