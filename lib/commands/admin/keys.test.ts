import { randomBytes } from 'node:crypto'
import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { eq } from 'drizzle-orm'
import { afterEach, beforeEach, expect, test, vi } from 'vitest'
import { openDatabase } from '#lib/adapters/store/engine/open-database.ts'
import { type Container, createContainer } from '#lib/composition/container.ts'
import { parseEnv } from '#lib/composition/env.ts'
import { sealSecret } from '#lib/testing/app/sealed-secret.ts'
import { CliError, UsageError } from '../cli-error.ts'
import { forgetKey, listKeys, rotateKeys } from './keys.ts'

const key = (id: string) => `${id}:${randomBytes(32).toString('base64')}`
const [k1, k2, k3] = [key('k1'), key('k2'), key('k3')]

let folder: string
let url: string
let said: string
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'porte-cles-keys-'))
  url = `file:${join(folder, 'app.db')}`
  said = ''
  vi.spyOn(process.stderr, 'write').mockImplementation((text) => {
    said += String(text)
    return true
  })
})
afterEach(() => {
  vi.restoreAllMocks()
  rmSync(folder, { recursive: true })
})

/** Runs with these keys in the settings, as a command does. */
const withKeys = async <T>(keys: string, work: (app: Container) => Promise<T>, readOnly = false): Promise<T> => {
  const settings = { DATABASE_URL: url, ENCRYPTION_KEYS: keys, NEXTAUTH_SECRET: 'x'.repeat(32), LOG_LEVEL: 'silent' }
  const app = await createContainer(parseEnv(settings), { readOnly })
  try {
    return await work(app)
  } finally {
    await app.close()
  }
}

const list = (keys: string) => withKeys(keys, (app) => listKeys([], app), true)

test('keys are listed with what they sealed, whatever keys are in the settings, and listing changes nothing', async () => {
  await withKeys(k1, sealSecret)
  expect(await list(`${k2},${k1}`)).toBe('k2\tseals\tat hand\t0 values\nk1\topens\tat hand\t1 values')
  expect(await list(k3)).toBe('k3\tseals\tat hand\t0 values\nk1\topens\tMISSING\t1 values')
  expect(await list(key('k1'))).toBe('k1\tseals\tANOTHER KEY\t1 values')
  expect(await list(k1)).toBe('k1\tseals\tat hand\t1 values')
})

test('a rotation seals everything with the first key and proves it; then the old one can be forgotten', async () => {
  const { clientId, clientSecret, tenantId } = await withKeys(k1, sealSecret)
  const both = `${k2},${k1}`
  await expect(withKeys(both, (app) => forgetKey(['k1'], app))).rejects.toThrow('Something is sealed with this key')
  const proof = await withKeys(both, (app) => rotateKeys([], app))
  expect(proof).toBe('k2\tseals\tat hand\t1 values\nk1\topens\tat hand\t0 values')
  expect(said).toContain('1 values sealed again; none is left with another key.')
  expect(await withKeys(both, (app) => forgetKey(['k1'], app))).toBe('k1')
  await withKeys(k2, async (app) => {
    const client = (await app.store.authorizations.find(tenantId, 'teamleader'))?.client
    expect(client?.identifier).toBe(clientId)
    const [value] = await app.store.sealedValues.listOthers('client_secret', 'k9', '', 1)
    expect(await app.vault.open(value?.sealed ?? '', value?.context ?? { purpose: 'key_probe' })).toBe(clientSecret)
  })
})

test('what does not open stays as it is, and is told', async () => {
  await withKeys(k1, sealSecret)
  const { tenantId } = await withKeys(k1, sealSecret)
  const db = await openDatabase(url)
  const { clients } = db.tables
  const [row] = await db.q.select().from(clients).where(eq(clients.tenantId, tenantId))
  const cut = row?.sealedSecret.slice(0, -4) ?? ''
  await db.q.update(clients).set({ sealedSecret: cut }).where(eq(clients.tenantId, tenantId))
  const both = `${k2},${k1}`
  await expect(withKeys(both, (app) => rotateKeys([], app))).rejects.toThrow('1 values sealed again; 1 do not open')
  const [after] = await db.q.select().from(clients).where(eq(clients.tenantId, tenantId))
  expect(after?.sealedSecret).toBe(cut)
  await db.close()
  await expect(withKeys(both, (app) => forgetKey(['k1'], app))).rejects.toThrow('Something is sealed with this key')
})

test('the key that seals, and one that never did, are not forgotten', async () => {
  await withKeys(k1, async (app) => {
    await expect(forgetKey(['k1'], app)).rejects.toThrow('This key is the first of ENCRYPTION_KEYS')
    await expect(forgetKey(['k9'], app)).rejects.toThrow('Nothing was ever sealed with a key of this id here.')
    await expect(forgetKey(['k9'], app)).rejects.toBeInstanceOf(CliError)
    await expect(forgetKey([], app)).rejects.toBeInstanceOf(UsageError)
    await expect(rotateKeys(['k1'], app)).rejects.toBeInstanceOf(UsageError)
    await expect(listKeys(['k1'], app)).rejects.toBeInstanceOf(UsageError)
  })
})
