import { randomBytes } from 'node:crypto'
import { existsSync, mkdtempSync, readFileSync, rmSync, statSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { strFromU8, unzipSync } from 'fflate'
import { afterAll, describe, expect, vi } from 'vitest'
import { createContainer } from '#lib/composition/container.ts'
import { parseEnv } from '#lib/composition/env.ts'
import { dialects } from '#lib/testing/database/fresh-database.ts'
import { eraseTenant, exportTenant } from './tenants.ts'
import { eraseUser, exportUser } from './users.ts'

vi.setConfig({ testTimeout: 30_000 })

const folder = mkdtempSync(join(tmpdir(), 'porte-cles-personal-'))
afterAll(() => rmSync(folder, { recursive: true }))

const keys = {
  ENCRYPTION_KEYS: `k1:${randomBytes(32).toString('base64')}`,
  NEXTAUTH_SECRET: randomBytes(32).toString('base64'),
  LOG_LEVEL: 'silent',
}

/** The app as it runs, and a command beside it. */
const open = async (url: string) => {
  const env = parseEnv({ ...keys, DATABASE_URL: url })
  const app = await createContainer(env)
  const command = await createContainer(env, { logTo: 'stderr' })
  const tenantId = await app.createAccounts.addTenant({ name: 'Menuiserie Lambert', ref: null }, { kind: 'operator' })
  if (tenantId === null) throw new Error('there is no tenant')
  for (const email of ['marie@lambert.example', 'luc@lambert.example'])
    await app.createAccounts.addUser(
      { email, role: 'admin', tenantId, password: 'une phrase assez longue' },
      { kind: 'operator' },
    )
  return { app, command, tenantId, close: () => Promise.all([app.close(), command.close()]) }
}

describe.each(dialects)('while the app runs on $dialect', ({ dialect, test }) => {
  test('a person is handed out and erased by their address, however it is typed', async ({ url }) => {
    const { app, command, close } = await open(url)
    const told = vi.spyOn(process.stderr, 'write')
    const handedOut = JSON.parse(await exportUser(['Marie@Lambert.example'], command))
    expect(handedOut).toMatchObject({ users: [{ email: 'marie@lambert.example' }] })
    expect(await eraseUser([' MARIE@lambert.example '], command)).toBe('erased')
    expect(told).not.toHaveBeenCalled()
    told.mockRestore()
    expect(await app.findPerson('marie@lambert.example')).toBeNull()
    const unknown = 'There is no user with this e-mail address.'
    await expect(eraseUser(['marie@lambert.example'], command)).rejects.toThrow(unknown)
    await expect(exportUser(['marie@lambert.example'], command)).rejects.toThrow(unknown)
    await expect(eraseUser(['luc@lambert.example'], command)).rejects.toMatchObject({ code: 'last_admin' })
    await expect(eraseUser([], command)).rejects.toThrow('takes one e-mail address')
    await close()
  })

  test('a customer is handed out in a file of its own, and erased', async ({ url }) => {
    const { app, command, tenantId, close } = await open(url)
    const file = join(folder, `${dialect}.zip`)
    expect(await exportTenant([tenantId, file], command)).toBe(file)
    expect(statSync(file).mode & 0o777).toBe(0o600)
    const files = unzipSync(readFileSync(file))
    expect(JSON.parse(strFromU8(files['users.json'] ?? new Uint8Array()))).toHaveLength(2)
    await expect(exportTenant([tenantId, file], command)).rejects.toThrow('nothing is overwritten')
    await expect(exportTenant([tenantId, join(folder, 'none', 'x.zip')], command)).rejects.toThrow('make it first')
    await expect(exportTenant(['nope', join(folder, 'nope.zip')], command)).rejects.toThrow('no tenant with this id')
    expect(existsSync(join(folder, 'nope.zip'))).toBe(false)
    expect(await eraseTenant([tenantId], command)).toBe('erased')
    expect(await app.store.accounts.findTenant(tenantId)).toBeNull()
    await expect(eraseTenant([tenantId], command)).rejects.toThrow('no tenant with this id')
    await close()
  })
})
