import { expect, test } from 'vitest'
import { refusalOf } from '#lib/testing/setting-refusal.ts'
import { parseEnv } from './env.ts'

test('mail is sent once both its settings are there', () => {
  const mail = { SMTP_URL: 'smtps://cles:se%40cret@mail.example:2465', MAIL_FROM: 'Porte-clés <cles@example.org>' }
  expect(parseEnv(mail).mail).toEqual({ smtpUrl: mail.SMTP_URL, from: mail.MAIL_FROM })
  expect(refusalOf({ SMTP_URL: mail.SMTP_URL })).toBe('SMTP_URL and MAIL_FROM must be set together.')
  expect(refusalOf({ MAIL_FROM: mail.MAIL_FROM })).toBe('SMTP_URL and MAIL_FROM must be set together.')
})

test.each(['a@b.example, c@d.example', 'a@b.example\nBcc: c@d.example', 'A <a@b.example> <c@d.example>', 'nobody'])(
  'the sender %o is refused',
  (from) => {
    expect(refusalOf({ SMTP_URL: 'smtp://localhost', MAIL_FROM: from })).toMatch(/^MAIL_FROM /)
  },
)

test.each(['https://mail.example', 'smtp://mail.example/?tls.rejectUnauthorized=false', 'smtp://a:%zz@mail.example'])(
  'the mail server %o is refused',
  (url) => {
    expect(refusalOf({ SMTP_URL: url, MAIL_FROM: 'a@b.example' })).toMatch(/^SMTP_URL /)
  },
)

test.each([
  ['SMTP_URL', 'smtp://cles:hun/ter2@mail.example'],
  ['SMTP_URL', 'smtp://cles:hun?ter2@mail.example'],
  ['SMTP_URL', 'smtp://cles:hun#ter2@mail.example'],
  ['SMTP_URL', 'smtp://cles:hun%ter2@mail.example'],
  ['DATABASE_URL', 'postgres://cles:hun/ter2@db.example/cles'],
  ['DATABASE_URL', 'postgres://cles:hun#ter2@db.example/cles'],
  ['DATABASE_URL', 'postgres://cles:1/ter2@db.example/cles'],
  ['DATABASE_URL', 'postgres://cles:hun%ter2@db.example/cles'],
])('%s says that the password of %s has to be percent-encoded', (name, url) => {
  const refused = refusalOf({ MAIL_FROM: 'a@b.example', SMTP_URL: 'smtp://mail.example', [name]: url })
  expect(refused).toMatch(new RegExp(`^${name} .*percent-encode`))
  expect(refused).not.toContain('ter2')
})

test('a password that is percent-encoded is taken, in either URL', () => {
  const password = encodeURIComponent('p@ss/w?rd#%:')
  const set = {
    DATABASE_URL: `postgres://cles:${password}@db.example:5432/cles?sslmode=require`,
    SMTP_URL: `smtps://cles:${password}@mail.example`,
    MAIL_FROM: 'a@b.example',
  }
  expect(parseEnv(set)).toMatchObject({ databaseUrl: set.DATABASE_URL, mail: { smtpUrl: set.SMTP_URL } })
  for (const url of ['postgres:///cles?host=/var/run/postgresql', 'postgresql://localhost/cles'])
    expect(parseEnv({ DATABASE_URL: url }).databaseUrl).toBe(url)
})

const webhook = (url: string, secret = 'whsec_bm90IGEgc2VjcmV0OiB0aGlzIGlzIGEgdGVzdA==') => ({
  ALERT_WEBHOOK_URL: url,
  ALERT_WEBHOOK_SECRET: secret,
})

test('a webhook needs its address and its secret, and an address that others may be given', () => {
  const set = webhook('https://pro-plus.example/cles?key=1')
  const { ALERT_WEBHOOK_URL: url, ALERT_WEBHOOK_SECRET: secret } = set
  expect(parseEnv({ PUBLIC_URL: 'https://cles.example', ...set }).webhook).toEqual({ url, secrets: [secret] })
  const two = webhook(url, `${secret}, ${secret}`)
  expect(parseEnv(two).webhook).toEqual({ url, secrets: [secret, secret] })
  const together = 'ALERT_WEBHOOK_URL and ALERT_WEBHOOK_SECRET must be set together.'
  expect(refusalOf({ ALERT_WEBHOOK_URL: url })).toBe(together)
  expect(refusalOf({ ALERT_WEBHOOK_SECRET: secret })).toBe(together)
  expect(parseEnv(webhook('http://localhost:8080/in')).webhook).toMatchObject({ url: 'http://localhost:8080/in' })
  for (const near of ['http://pro-plus.example', 'https://127.0.0.1'])
    expect(refusalOf({ PUBLIC_URL: 'https://cles.example', ...webhook(near) })).toMatch(
      /^ALERT_WEBHOOK_URL must be https/,
    )
  expect(refusalOf(webhook('ftp://pro-plus.example'))).toMatch(/^ALERT_WEBHOOK_URL /)
})

test.each([
  'whsec_',
  'bm90IGEgc2VjcmV0OiB0aGlzIGlzIGEgdGVzdA==',
  'whsec_c2hvcnQ=',
  'whsec_not base64 of anything!',
  ',',
])('the webhook secret %o is refused, and not said again', (secret) => {
  const refused = refusalOf(webhook('https://pro-plus.example', secret))
  expect(refused).toBe(
    'ALERT_WEBHOOK_SECRET must be whsec_ and the base64 of 24 to 64 bytes, or two of them separated by a comma.',
  )
})

const oidc = { OIDC_ISSUER: 'https://id.example/tenant', OIDC_CLIENT_ID: 'cles', OIDC_CLIENT_SECRET: 'hunter2' }
const together = 'OIDC_ISSUER, OIDC_CLIENT_ID and OIDC_CLIENT_SECRET must be set together.'

test('the company’s provider is there once all three of its settings are', () => {
  expect(parseEnv(oidc).oidc).toEqual({
    issuer: 'https://id.example/tenant',
    clientId: 'cles',
    clientSecret: 'hunter2',
  })
  for (const name of Object.keys(oidc)) {
    const { [name]: _, ...two } = oidc as Record<string, string>
    expect(refusalOf(two)).toBe(together)
    expect(refusalOf({ [name]: Object(oidc)[name] })).toBe(together)
  }
})

test('passwords are switched off only where the company lets people in', () => {
  expect(parseEnv({}).signInPolicy.passwordSignIn).toBe('on')
  expect(parseEnv({ ...oidc, PASSWORD_SIGN_IN: 'off' }).signInPolicy.passwordSignIn).toBe('off')
  expect(refusalOf({ PASSWORD_SIGN_IN: 'off' })).toMatch(/^PASSWORD_SIGN_IN must be on/)
  expect(refusalOf({ PASSWORD_SIGN_IN: 'maybe' })).toBe('PASSWORD_SIGN_IN must be on or off.')
})

test.each(['http://id.example', 'https://localhost:5000', 'http://127.0.0.1:5000'])(
  'the issuer %s is for an app on loopback',
  (issuer) => {
    const settings = { ...oidc, OIDC_ISSUER: issuer }
    expect(parseEnv({ ...settings, PUBLIC_URL: 'http://localhost:3000' }).oidc).toMatchObject({ issuer })
    expect(refusalOf({ ...settings, PUBLIC_URL: 'https://cles.example' })).toMatch(/^OIDC_ISSUER must be https/)
  },
)

test.each(['id.example', 'ftp://id.example', 'https://id.example/?a=b'])('the issuer %s is refused', (issuer) => {
  expect(refusalOf({ ...oidc, OIDC_ISSUER: issuer })).toMatch(/^OIDC_ISSUER /)
})
