import { expect, test } from 'vitest'
import { refusalOf } from '#lib/testing/setting-refusal.ts'
import { parseEnv } from './env.ts'

const key = (byte: number) => Buffer.alloc(32, byte).toString('base64')

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

test('without settings, everything has its documented default', () => {
  expect(parseEnv({})).toEqual({
    publicUrl: 'http://localhost:3000',
    port: 3000,
    apiHost: '127.0.0.1',
    apiPort: 3001,
    callRates: { callsPerSecond: 200, proxiedPerSecond: 20 },
    metricsPort: null,
    worker: 'here',
    databaseUrl: 'file:./data/porte-cles.db',
    encryptionKeys: null,
    nextAuthSecret: null,
    trustedProxyHops: 0,
    teamleader: {
      oauthUrl: 'https://focus.teamleader.eu',
      apiUrl: 'https://api.focus.teamleader.eu',
      sharedClients: [],
    },
    tracesEndpoint: null,
    teamleaderV1Url: 'https://app.teamleader.eu/api',
    teo: { authUrl: 'https://auth.teoapp.fr', apiUrl: 'https://teoapp.fr/api/production' },
    mail: null,
    webhook: null,
    oidc: null,
    signInPolicy: { sessionIdleMs: 8 * 3_600_000, requireSecondFactor: 'support', passwordSignIn: 'on' },
    journalRetentionDays: 400,
    logLevel: 'info',
  })
})

test('the public URL follows the port, and loses its slash', () => {
  expect(parseEnv({ PORT: '4000' }).publicUrl).toBe('http://localhost:4000')
  expect(parseEnv({ PUBLIC_URL: 'https://Cles.Example/' }).publicUrl).toBe('https://cles.example')
})

test('the API has a port of its own, and may leave with the background work', () => {
  expect(refusalOf({ PORT: '3001' })).toBe('API_PORT must differ from PORT.')
  expect(parseEnv({ WORKER: 'external', API_HOST: '::1', API_PORT: '0' })).toMatchObject({
    worker: 'external',
    apiHost: '::1',
    apiPort: 0,
  })
  expect(refusalOf({ WORKER: 'elsewhere', API_HOST: 'two words', API_PORT: '70000' }).split('\n')).toEqual([
    'API_HOST must be a host name or an address.',
    'API_PORT must be a whole number from 0 to 65535.',
    'WORKER must be external, or absent.',
  ])
})

test('an empty setting counts as absent', () => {
  expect(parseEnv({ PORT: '', ENCRYPTION_KEYS: ' ' })).toMatchObject({ port: 3000, encryptionKeys: null })
})

test('keys keep their order, the first being current', () => {
  const { encryptionKeys } = parseEnv({ ENCRYPTION_KEYS: `new:${key(1)}, old:${key(2)}` })
  expect(encryptionKeys?.map(({ id, key: bytes }) => [id, bytes[0], bytes.length])).toEqual([
    ['new', 1, 32],
    ['old', 2, 32],
  ])
})

test('every problem is listed at once, by setting, without its value', () => {
  const refused = refusalOf({
    PUBLIC_URL: 'ftp://hunter2',
    PORT: 'hunter2',
    DATABASE_URL: 'mysql://hunter2',
    ENCRYPTION_KEYS: 'k1:hunter2',
    NEXTAUTH_SECRET: 'hunter2',
    TRUSTED_PROXY_HOPS: '-1',
    TEAMLEADER_OAUTH_URL: 'hunter2',
    TEAMLEADER_API_URL: 'https://user:hunter2@api.example',
    SMTP_URL: 'smtp://user:hunter2@mail.example?logger=true',
    MAIL_FROM: 'hunter2',
    LOG_LEVEL: 'hunter2',
  })
  const named = refused.split('\n').map((line) => line.split(' ')[0])
  expect([...new Set(named)]).toEqual([
    'PUBLIC_URL',
    'PORT',
    'DATABASE_URL',
    'ENCRYPTION_KEYS',
    'NEXTAUTH_SECRET',
    'TRUSTED_PROXY_HOPS',
    'TEAMLEADER_OAUTH_URL',
    'TEAMLEADER_API_URL',
    'SMTP_URL',
    'MAIL_FROM',
    'LOG_LEVEL',
  ])
  expect(refused).not.toContain('hunter2')
})

test.each([
  `k1:${key(1)},k1:${key(2)}`,
  `k1:${Buffer.alloc(31).toString('base64')}`,
  `k1:${Buffer.alloc(33).toString('base64')}`,
  `:${key(1)}`,
  key(1),
  `k1:${key(1)},`,
])('the keys %o are refused', (keys) => {
  expect(refusalOf({ ENCRYPTION_KEYS: keys })).toMatch(/^ENCRYPTION_KEYS /)
})

test.each(['https://cles.example/app', 'https://cles.example/?a=b', 'javascript:alert(1)', 'cles.example'])(
  'the public URL %o is refused',
  (url) => {
    expect(refusalOf({ PUBLIC_URL: url })).toMatch(/^PUBLIC_URL /)
  },
)

const providers = (url: string) => ({ TEAMLEADER_OAUTH_URL: url, TEAMLEADER_API_URL: url })

test.each(['http://localhost:3000', 'http://127.0.0.1:3000', 'http://[::1]:3000', 'https://cles.localhost'])(
  'an app on loopback (%s) may have a provider there, and in plain http',
  (url) => {
    const settings = { PUBLIC_URL: url, ...providers('http://localhost:4010/') }
    expect(parseEnv(settings).teamleader.oauthUrl).toBe('http://localhost:4010')
  },
)

test.each(['http://focus.teamleader.eu', 'https://localhost:4010', 'https://127.8.9.1', 'https://[::1]'])(
  'any other app refuses the provider %s',
  (url) => {
    const refused = refusalOf({ PUBLIC_URL: 'https://cles.example', ...providers(url) })
    expect(refused.split('\n')).toHaveLength(2)
    expect(refused).toMatch(/^TEAMLEADER_OAUTH_URL .*\nTEAMLEADER_API_URL /)
  },
)

const [id1, id2, secret1, secret2] = ['1', '2', '3', '4'].map((digit) => digit.repeat(32)) as [
  string,
  string,
  string,
  string,
]

test('the operator’s clients are read in their order, with one secret or two, blanks around them trimmed', () => {
  const text = ` ${id1}:${secret1}|${secret2} , ${id2} : ${secret2}`
  expect(parseEnv({ TEAMLEADER_CLIENTS: text }).teamleader.sharedClients).toEqual([
    { identifier: id1, secrets: [secret1, secret2] },
    { identifier: id2, secrets: [secret2] },
  ])
  expect(parseEnv({}).teamleader.sharedClients).toEqual([])
})

test.each([
  ['nothing behind the comma', `${id1}:${secret1},`, 'client 2: the Client ID is missing'],
  ['no secret', id1, 'client 1: a Client Secret is missing'],
  ['an empty second secret', `${id1}:${secret1}|`, 'client 1: a Client Secret is missing'],
  ['a short id', `${id1}:${secret1},${id2.slice(1)}:${secret2}`, 'client 2: the Client ID must have 32 characters'],
  ['a long secret', `${id1}:${secret1}3`, 'client 1: a Client Secret must have 32 characters'],
  ['three secrets', `${id1}:${secret1}|${secret2}|${secret1}`, 'client 1: a client has at most two secrets'],
  ['one id twice', `${id1}:${secret1},${id1}:${secret2}`, 'client 2: the Client ID stands there twice'],
  [
    'the id of the old guide',
    `74db53122ef0913c240ffeeda65c9e2a:${secret1}`,
    'client 1: the Client ID is the one of the old guide’s example',
  ],
  [
    'a blank inside',
    `${id1}:${secret1.slice(2)} 3`,
    'client 1: a Client Secret contains a blank or an invisible character',
  ],
])('the operator’s clients with %s are refused by name, without a value', (_, text, problem) => {
  const refused = refusalOf({ TEAMLEADER_CLIENTS: text })
  const line = `TEAMLEADER_CLIENTS must be id:secret or id:secret|secret, separated by commas; ${problem}.`
  expect(refused.split('\n')).toContain(line)
  for (const value of [id1, id2, secret1, secret2]) expect(refused).not.toContain(value.slice(4))
})
