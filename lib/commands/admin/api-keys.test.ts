import { execFile } from 'node:child_process'
import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { openTestApp, type TestApp } from '#lib/testing/app/test-app.ts'
import { CliError, UsageError } from '../cli-error.ts'
import { addApiKey, listApiKeys, revokeApiKey } from './api-keys.ts'

let testApp: TestApp
beforeAll(async () => {
  testApp = await openTestApp()
})
afterAll(() => testApp.close())

const scope = ['--scope', 'teamleader:token']
const list = () => listApiKeys([], testApp.app)

test('a key is printed once, listed without its secret, and revoked by its prefix', async () => {
  const { tenantId } = await testApp.addAdmin()
  const own = await addApiKey(['Pro+ compta', '--tenant', tenantId, ...scope], testApp.app)
  const platform = await addApiKey(['Pro+', ...scope, 'teamleader:token'], testApp.app)
  const prefix = platform.slice(3, 15)

  const listed = await list()
  expect(listed.split('\n')).toHaveLength(2)
  const line = `^${prefix}\\tplatform\\tteamleader:token\\tcreated .+\\tused never\\tlive\\tPro\\+$`
  expect(listed).toMatch(new RegExp(line, 'm'))
  expect(listed).toContain(`\t${tenantId}\t`)
  for (const key of [own, platform]) expect(listed).not.toContain(key.slice(16))

  expect(await revokeApiKey([`pk_${prefix}`], testApp.app)).toBe(prefix)
  expect(await list()).toMatch(new RegExp(`^${prefix}.*\\trevoked `, 'm'))
  await expect(revokeApiKey([prefix], testApp.app)).rejects.toThrow('There is no live key with this prefix.')
})

test('a key has an end, after which it is told as expired', async () => {
  const key = await addApiKey(['Until the end', ...scope, '--expires', '2999-12-31'], testApp.app)
  const line = `^${key.slice(3, 15)}.*\tlive until 2999-12-31T23:59:59.999Z\tUntil the end$`
  expect(await list()).toMatch(new RegExp(line, 'm'))
})

test.each([
  [['Pro+'], UsageError],
  [['Pro+', ...scope, '--expires', '2001-01-01'], UsageError],
  [['Pro+', ...scope, '--expires', 'tomorrow'], UsageError],
  [scope, UsageError],
  [['Pro+', '--scope', 'teamleader:everything'], UsageError],
  [['Pro+', 'compta', ...scope], UsageError],
  [['Pro+', ...scope, '--tenant', 'nobody'], CliError],
])('api-keys add %j is refused, and makes nothing', async (args, usageError) => {
  const before = await list()
  await expect(addApiKey(args, testApp.app)).rejects.toThrow(usageError)
  expect(await list()).toBe(before)
})

test('list takes nothing, and revoke one prefix', async () => {
  await expect(listApiKeys(['all'], testApp.app)).rejects.toThrow(UsageError)
  await expect(revokeApiKey([], testApp.app)).rejects.toThrow(UsageError)
})

test('on the command line the key stands alone on standard output', async () => {
  const folder = mkdtempSync(join(tmpdir(), 'porte-cles-api-keys-'))
  const { PATH = '' } = process.env
  const env = { NODE_ENV: 'test' as const, PATH, DATABASE_URL: `file:${join(folder, 'app.db')}` }
  const command = ['--import', 'tsx', 'lib/commands/admin.ts', 'api-keys', 'add', 'Pro+', ...scope]
  const stdout = await new Promise((done) => execFile(process.execPath, command, { env }, (_, text) => done(text)))
  expect(stdout).toMatch(/^pk_[0-9a-f]{12}_[\w-]{43}\n$/)
  rmSync(folder, { recursive: true })
})
