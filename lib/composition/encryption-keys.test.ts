import { randomBytes } from 'node:crypto'
import { existsSync, mkdtempSync, readdirSync, readFileSync, rmSync, statSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterEach, beforeEach, expect, test } from 'vitest'
import { sealSecret } from '#lib/testing/app/sealed-secret.ts'
import { createContainer } from './container.ts'
import { parseEnv, StartupError } from './env.ts'

let folder: string
let file: string

beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'porte-cles-keys-'))
  file = join(folder, 'data', 'app.db')
})
afterEach(() => rmSync(folder, { recursive: true }))

const key = () => randomBytes(32).toString('base64')
const secret = 'a secret of more than thirty-two characters'

const boot = async (settings: Record<string, string> = {}) => {
  const made: string[] = []
  const env = parseEnv({ DATABASE_URL: `file:${file}`, LOG_LEVEL: 'silent', ...settings })
  const app = await createContainer(env, { onKeysMade: (path) => made.push(path) })
  await app.close()
  return made
}

const refusal = (settings?: Record<string, string>) =>
  boot(settings).then(
    () => 'booted',
    (error: unknown) => (error instanceof StartupError ? error.message : error),
  )

test('a first boot makes its keys together with the database, for its owner alone, and says so once', async () => {
  expect(await boot()).toEqual([`${file}.keys`])
  expect(statSync(`${file}.keys`).mode & 0o777).toBe(0o600)
  expect(existsSync(file)).toBe(true)
  expect(await boot()).toEqual([])
  expect(readdirSync(join(folder, 'data')).filter((name) => name.includes('.keys'))).toEqual(['app.db.keys'])
})

test('ten first boots at once agree on one pair of keys', async () => {
  const made = await Promise.all(Array.from({ length: 10 }, () => boot()))
  expect(made.flat()).toHaveLength(1)
})

test('a database without its keys refuses boot, and makes none', async () => {
  await boot()
  rmSync(`${file}.keys`)
  expect(await refusal()).toContain(`${file} exists, but its keys do not`)
  expect(existsSync(`${file}.keys`)).toBe(false)
})

test('with both in the environment no file is made, and taking them away refuses boot', async () => {
  expect(await boot({ ENCRYPTION_KEYS: `k1:${key()}`, NEXTAUTH_SECRET: secret })).toEqual([])
  expect(existsSync(`${file}.keys`)).toBe(false)
  expect(await refusal()).toContain('its keys do not')
})

test('keys can move from the file to the environment', async () => {
  await boot()
  const lines = readFileSync(`${file}.keys`, 'utf8').trim().split('\n')
  rmSync(`${file}.keys`)
  const settings = Object.fromEntries(
    lines.map((line) => [line.slice(0, line.indexOf('=')), line.slice(line.indexOf('=') + 1)]),
  )
  expect(await boot(settings)).toEqual([])
})

test('PostgreSQL never gets keys of its own: what is missing is named', async () => {
  const url = 'postgres://localhost:1/none'
  expect(await refusal({ DATABASE_URL: url })).toBe(
    'ENCRYPTION_KEYS and NEXTAUTH_SECRET must be set when the database is PostgreSQL.',
  )
  expect(await refusal({ DATABASE_URL: url, NEXTAUTH_SECRET: secret })).toMatch(/^ENCRYPTION_KEYS must be set/)
})

/** Seals something in the database with the first key of the settings. */
const seal = async (keys: string) => {
  const env = parseEnv({ DATABASE_URL: `file:${file}`, LOG_LEVEL: 'silent', ...settingsOf(keys) })
  const app = await createContainer(env)
  await sealSecret(app)
  await app.close()
}

const settingsOf = (keys: string) => ({ ENCRYPTION_KEYS: keys, NEXTAUTH_SECRET: secret })

test('another key under the id of one that sealed something refuses boot and names it', async () => {
  await seal(`k1:${key()}`)
  expect(await refusal(settingsOf(`k1:${key()}`))).toMatch(/^Key k1 in ENCRYPTION_KEYS is not the one used/)
})

test('a key that sealed something and is gone refuses boot and names it', async () => {
  const [k1, k2] = [`k1:${key()}`, `k2:${key()}`]
  await seal(k1)
  expect(await refusal(settingsOf(k2))).toMatch(/^Key k1 is missing/)
  await seal(`${k2},${k1}`)
  expect(await refusal(settingsOf(k1))).toMatch(/^Key k2 is missing/)
  expect(await refusal(settingsOf(`${k1},${k2}`))).toBe('booted')
})

test('a key that sealed nothing may go, wherever it stood, and be another one later', async () => {
  const k1 = `k1:${key()}`
  await seal(k1)
  for (const keys of [`${k1},k2:${key()}`, `k2:${key()},${k1}`, `k2:${key()},${k1}`, k1])
    expect(await refusal(settingsOf(keys))).toBe('booted')
})

test('a key that an older version noted, though it sealed nothing, is not asked for', async () => {
  const [k1, k2] = [`k1:${key()}`, `k2:${key()}`]
  await seal(k1)
  const app = await createContainer(
    parseEnv({ DATABASE_URL: `file:${file}`, LOG_LEVEL: 'silent', ...settingsOf(`${k1},${k2}`) }),
  )
  const sealedProbe = await app.vault.seal('porte-cles', { purpose: 'key_probe' }, 'k2')
  await app.store.vaultKeys.add({ id: 'k2', sealedProbe, at: app.clock.now() })
  await app.close()
  expect(await refusal(settingsOf(k1))).toBe('booted')
  await seal(`k2:${key()},${k1}`)
  expect(await refusal(settingsOf(`${k1},${k2}`))).toMatch(/^Key k2 in ENCRYPTION_KEYS is not the one used/)
})

test('what is sealed in a cookie makes no key known', async () => {
  const [k1, k2] = [`k1:${key()}`, `k2:${key()}`]
  await seal(k1)
  const app = await createContainer(
    parseEnv({ DATABASE_URL: `file:${file}`, LOG_LEVEL: 'silent', ...settingsOf(`${k2},${k1}`) }),
  )
  await app.vault.seal('a browser', { purpose: 'known_browser' })
  expect((await app.store.vaultKeys.list()).map(({ id }) => id)).toEqual(['k1'])
  await app.close()
})

test('of two processes with different keys under one id the second seals nothing', async () => {
  const open = () =>
    createContainer(parseEnv({ DATABASE_URL: `file:${file}`, LOG_LEVEL: 'silent', ...settingsOf(`k1:${key()}`) }))
  const [first, second] = [await open(), await open()]
  await sealSecret(first)
  await expect(sealSecret(second)).rejects.toMatchObject({ code: 'storage_unavailable', evidence: { keyId: 'k1' } })
  expect(await first.store.sealedValues.count()).toBe(1)
  await first.close()
  await second.close()
})
