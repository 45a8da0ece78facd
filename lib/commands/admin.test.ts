import { spawn } from 'node:child_process'
import { randomBytes } from 'node:crypto'
import { existsSync, mkdtempSync, readdirSync, readFileSync, rmSync } from 'node:fs'
import { createServer } from 'node:http'
import type { AddressInfo } from 'node:net'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { text } from 'node:stream/consumers'
import BetterSqlite3 from 'better-sqlite3'
import { afterAll, beforeAll, expect, test, vi } from 'vitest'
import { createContainer } from '#lib/composition/container.ts'
import { parseEnv } from '#lib/composition/env.ts'
import { sealSecret } from '#lib/testing/app/sealed-secret.ts'
import { bundledProgram } from '#lib/testing/processes/bundled-program.ts'
import { startMailServer } from '#lib/testing/servers/mail-server.ts'

// each command is a process of its own, which takes its time on a busy machine
vi.setConfig({ testTimeout: 60_000 })

/** Nothing listens there: the doctor need not wait for an answer. */
const nowhere = Object.fromEntries(
  ['TEAMLEADER_OAUTH_URL', 'TEAMLEADER_API_URL', 'TEAMLEADER_V1_URL', 'TEO_AUTH_URL', 'TEO_API_URL'].map((name) => [
    name,
    'http://127.0.0.1:9',
  ]),
)

const uuid = /^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}\n$/
const link = /^http:\/\/localhost:3000\/invitation\/[\w-]{43}\n$/

let folder: string
let settings: Record<string, string>

beforeAll(() => {
  folder = mkdtempSync(join(tmpdir(), 'porte-cles-admin-'))
  settings = { DATABASE_URL: `file:${join(folder, 'app.db')}`, LOG_LEVEL: 'info' }
})
afterAll(() => rmSync(folder, { recursive: true }))

const run = async (args: string[], { stdin = '', more = {} as Record<string, string> } = {}) => {
  const { PATH = '' } = process.env
  const child = spawn(process.execPath, [await bundledProgram('lib/commands/admin.ts'), ...args], {
    env: { NODE_ENV: 'test', PATH, ...settings, ...more },
  })
  child.stdin.end(stdin)
  const ended = new Promise<number | null>((resolve) => child.once('close', resolve))
  const [stdout, stderr, exit] = await Promise.all([text(child.stdout), text(child.stderr), ended])
  return { stdout, stderr, exit }
}

const admin = (...args: string[]) => run(args)

test('a tenant is added, its id alone on standard output; a reference is given once', async () => {
  const added = await admin('tenants', 'add', 'Atelier Delvaux SRL', '--ref', '10482')
  expect(added.stdout).toMatch(uuid)
  expect(added).toMatchObject({ exit: 0 })
  expect(added.stderr).toContain('keys were made')
  const again = await admin('tenants', 'add', 'Autre', '--ref', '10482')
  expect(again).toEqual({ stdout: '', stderr: 'This reference belongs to another tenant.\n', exit: 1 })
})

test('an admin is invited by a one-time link, which the app knows while it runs', async () => {
  const app = await createContainer(parseEnv({ ...settings, LOG_LEVEL: 'silent' }))
  const tenant = (await admin('tenants', 'add', 'Bois & Fils')).stdout.trim()
  const invited = await admin('users', 'add', 'Jean@Bois.example', '--role', 'admin', '--tenant', tenant)
  expect(invited).toMatchObject({ stderr: '', exit: 0 })
  expect(invited.stdout).toMatch(link)
  const holder = await app.acceptInvitation.read(invited.stdout.trim().split('/').at(-1) ?? '')
  expect(holder).toMatchObject({ email: 'jean@bois.example', tenantName: 'Bois & Fils' })
  await app.close()
})

test('with a password on standard input, somebody can sign in at once', async () => {
  const args = ['users', 'add', 'ops@support.example', '--role', 'support', '--password-stdin']
  const added = await run(args, { stdin: 'une phrase assez longue\n' })
  expect(added.stdout).toMatch(uuid)
  const app = await createContainer(parseEnv({ ...settings, LOG_LEVEL: 'silent' }))
  const attempt = { email: 'ops@support.example', password: 'une phrase assez longue', ip: null }
  const session = await app.signIn.begin(attempt)
  expect(session).toMatchObject({ user: { role: 'support' } })
  expect(await admin('users', 'disable', 'Ops@support.example')).toEqual({ stdout: 'disabled\n', stderr: '', exit: 0 })
  expect(await app.sessions.findUser(session.id)).toBeNull()
  await app.close()
  const short = await run(['users', 'add', 'x@support.example', '--role', 'support', '--password-stdin'], {
    stdin: 'court',
  })
  expect(short).toEqual({ stdout: '', stderr: 'The password has fewer than 12 characters.\n', exit: 1 })
  expect(await run(args, { stdin: 'une phrase assez longue' })).toMatchObject({
    stderr: 'This e-mail address has an account already.\n',
    exit: 1,
  })
})

test('a person is handed out on standard output, and erased with one word', async () => {
  const args = ['users', 'add', 'anne@support.example', '--role', 'support', '--password-stdin']
  await run(args, { stdin: 'une phrase assez longue' })
  await run(args.with(2, 'paul@support.example'), { stdin: 'une phrase assez longue' })
  const handedOut = await admin('users', 'export', 'anne@support.example')
  expect(JSON.parse(handedOut.stdout)).toMatchObject({ users: [{ email: 'anne@support.example', role: 'support' }] })
  expect(handedOut.stdout + handedOut.stderr).not.toContain('argon2')
  const erased = await admin('users', 'erase', 'anne@support.example')
  expect(erased).toMatchObject({ stdout: 'erased\n', exit: 0 })
  expect(erased.stderr).not.toContain('anne')
  const last = await admin('users', 'erase', 'paul@support.example')
  expect(last).toMatchObject({
    stdout: '',
    stderr: expect.stringContaining('the last active person of support'),
    exit: 1,
  })
})

test.each([
  [[]],
  [['tenants']],
  [['tenants', 'add']],
  [['tenants', 'add', 'Deux', 'noms']],
  [['users', 'add', 'x@x.example']],
  [['users', 'add', 'x@x.example', '--role', 'boss']],
  [['users', 'add', 'x@x.example', '--role', 'admin']],
  [['users', 'add', 'x@x.example', '--role', 'support', '--tenant', 'any']],
  [['users', 'add', 'x@x.example', '--rolle', 'admin']],
  [['users', 'erase']],
  [['tenants', 'export', 'an-id']],
  [['tenants', 'erase']],
  [['doctor', 'please']],
])('%j is not understood: usage, exit 2', async (args) => {
  const { stdout, stderr, exit } = await admin(...args)
  expect({ stdout, exit }).toEqual({ stdout: '', exit: 2 })
  expect(stderr).toContain('Usage: npm run -s admin -- COMMAND')
})

test('what a form refuses, a command refuses with a sentence', async () => {
  const accented = await admin('tenants', 'add', 'Bois', '--ref', 'clé 1')
  expect(accented).toMatchObject({ stderr: expect.stringContaining('A reference has at most 64'), exit: 1 })
  const unseen = await admin('tenants', 'add', 'Bo\u200bis')
  expect(unseen).toMatchObject({ stderr: expect.stringContaining('an invisible character'), exit: 1 })
})

test('a tenant that is not there is said to be missing', async () => {
  const { stderr, exit } = await admin('users', 'add', 'x@x.example', '--role', 'admin', '--tenant', 'nope')
  expect({ stderr, exit }).toEqual({ stderr: 'There is no tenant with this id.\n', exit: 1 })
})

test('settings that cannot be used are named, without their values', async () => {
  const { stderr, exit } = await run(['tenants', 'add', 'X'], { more: { PORT: 'hunter2', NEXTAUTH_SECRET: 'hunter2' } })
  expect(stderr).toMatch(/^PORT .*\nNEXTAUTH_SECRET /)
  expect(stderr).not.toContain('hunter2')
  expect(exit).toBe(1)
})

test('the doctor says what is well and what is not, and makes no database', async () => {
  const provider = createServer((_, answer) => answer.end('{"status":"ok"}')).listen(0, '127.0.0.1')
  await new Promise((resolve) => provider.once('listening', resolve))
  const url = `http://127.0.0.1:${(provider.address() as AddressInfo).port}`
  const teamleader = { TEAMLEADER_OAUTH_URL: url, TEAMLEADER_API_URL: url, TEAMLEADER_V1_URL: url }
  const providers = { ...teamleader, TEO_AUTH_URL: url, TEO_API_URL: url }
  const well = await run(['doctor'], { more: { ...providers, PUBLIC_URL: url } })
  expect(well).toMatchObject({ stderr: '', exit: 0 })
  expect(well.stdout).not.toMatch(/^BAD/m)
  expect(well.stdout).toContain(`Redirect URI to register at Teamleader: ${url}/oauth/callback`)
  const machine = JSON.parse((await run(['doctor', '--json'], { more: { ...providers, PUBLIC_URL: url } })).stdout)
  expect(machine.healthy).toBe(true)
  expect(machine.findings).toContainEqual({ check: 'settings', level: 'ok', sentence: 'Settings: complete.' })
  const missing = join(folder, 'none.db')
  // this machine by an address that is not known as its own
  const mailServer = await startMailServer({ host: '[::ffff:127.0.0.1]' })
  const ill = await run(['doctor'], {
    more: {
      ...{ ...providers, ...mailServer.settings },
      ...{ PUBLIC_URL: 'http://127.0.0.1:9', DATABASE_URL: `file:${missing}` },
    },
  })
  expect(ill.exit).toBe(1)
  expect(ill.stdout).toMatch(
    /^BAD App: http:\/\/127\.0\.0\.1:9 cannot be reached from here \(it does not answer\): start/m,
  )
  expect(ill.stdout).toMatch(/^BAD Mail: the server of SMTP_URL offers no STARTTLS/m)
  expect(existsSync(missing)).toBe(false)
  await mailServer.close()
  provider.close()
})

test('looking changes nothing, whatever keys are in the environment: no database, no key, no table', async () => {
  const file = join(folder, 'looked-at.db')
  const DATABASE_URL = `file:${file}`
  const k1 = `k1:${randomBytes(32).toString('base64')}`
  const secrets = { DATABASE_URL, NEXTAUTH_SECRET: 'x'.repeat(32), ...nowhere }
  const looks = [['doctor'], ['keys', 'list'], ['api-keys', 'list']]
  for (const args of looks) await run(args, { more: { DATABASE_URL, ...nowhere } })
  expect(readdirSync(folder).filter((name) => name.startsWith('looked-at'))).toEqual([])

  const app = await createContainer(parseEnv({ ...secrets, ENCRYPTION_KEYS: k1, LOG_LEVEL: 'silent' }))
  await sealSecret(app)
  await app.close()
  const before = readFileSync(file)
  const extra = `extra:${randomBytes(32).toString('base64')}`
  const [healthy, listed] = await Promise.all(
    looks.map((args) => run(args, { more: { ...secrets, ENCRYPTION_KEYS: `${extra},${k1}` } })),
  )
  expect(healthy?.stdout).toMatch(/^ok {2}Database: answers, .*its keys fit \(current: extra\)/m)
  const lines = 'extra\tseals\tat hand\t0 values\nk1\topens\tat hand\t1 values\n'
  expect(listed).toEqual({ stdout: lines, stderr: '', exit: 0 })
  const missing = await run(['doctor'], { more: { ...secrets, ENCRYPTION_KEYS: extra } })
  expect(missing.stdout).toMatch(/^BAD Database: Key k1 is missing from ENCRYPTION_KEYS/m)
  expect(readFileSync(file).equals(before)).toBe(true)
})

test('the doctor tells that migrations are missing, and leaves them to the next start', async () => {
  const file = join(folder, 'older.db')
  const more = { DATABASE_URL: `file:${file}`, ...nowhere }
  await run(['tenants', 'add', 'X'], { more })
  const database = new BetterSqlite3(file)
  database.exec(
    'delete from __drizzle_migrations where created_at = (select max(created_at) from __drizzle_migrations)',
  )
  database.close()
  const before = readFileSync(file)
  const { stdout } = await run(['doctor'], { more })
  expect(stdout).toMatch(/^BAD Database: The database lacks migrations of this version: restart the app/m)
  expect(readFileSync(file).equals(before)).toBe(true)
})
