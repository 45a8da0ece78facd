import { chmodSync, mkdtempSync, readdirSync, rmSync, writeFileSync } from 'node:fs'
import { createServer as createHttpServer, type RequestListener } from 'node:http'
import { createServer as createHttpsServer } from 'node:https'
import type { AddressInfo } from 'node:net'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { parseEnv } from '#lib/composition/env.ts'
import { openTestApp } from '#lib/testing/app/test-app.ts'
import { dialects } from '#lib/testing/database/fresh-database.ts'
import { freePort } from '#lib/testing/database/postgres-server.ts'
import { selfSigned } from '#lib/testing/servers/certificate.ts'
import { startMailServer } from '#lib/testing/servers/mail-server.ts'
import { checkDatabase } from './doctor/database.ts'
import { checkDisk, checkKeyFile, checkNode, checkRights } from './doctor/machine.ts'
import { checkApp, checkReachability } from './doctor/reachability.ts'
import { checkMail, checkOidc } from './doctor/services.ts'

let folder: string
beforeAll(() => {
  folder = mkdtempSync(join(tmpdir(), 'porte-cles-doctor-'))
})
afterAll(() => rmSync(folder, { recursive: true }))

const listen = async (server: ReturnType<typeof createHttpServer>, scheme = 'http') => {
  await new Promise<void>((listening) => server.listen(0, '127.0.0.1', listening))
  return `${scheme}://127.0.0.1:${(server.address() as AddressInfo).port}`
}

const envOf = (url: string, more: Record<string, string> = {}) =>
  parseEnv({
    ...{ TEAMLEADER_OAUTH_URL: url, TEAMLEADER_API_URL: url, TEAMLEADER_V1_URL: url },
    ...{ TEO_AUTH_URL: url, TEO_API_URL: url, DATABASE_URL: `file:${join(folder, 'app.db')}`, ...more },
  })

const secret = 'whsec_MfKQ9r8GKYqrTwjUPD8ILPZIo2LaLaSw'

describe('reachability', () => {
  test('asks providers and the webhook without posting anything, and says no more of the webhook than its host', async () => {
    const asked: string[] = []
    const server = createHttpServer((request, answer) => {
      asked.push(`${request.method} ${request.url}`)
      answer.end()
    })
    const url = await listen(server)
    const webhook = { ALERT_WEBHOOK_URL: `${url}/hooks/key-of-the-receiver`, ALERT_WEBHOOK_SECRET: secret }
    const findings = await checkReachability(envOf(url, webhook))
    expect(findings.map(({ check, level }) => `${check} ${level}`)).toEqual([
      ...['teamleader_sign_in ok', 'teamleader_api ok', 'teamleader_v1 ok', 'teo_sign_in ok', 'teo_api ok'],
      ...['webhook ok', 'clock ok'],
    ])
    expect(new Set(asked)).toEqual(new Set(['HEAD /']))
    expect(JSON.stringify(findings)).not.toContain('key-of-the-receiver')
    server.close()
  })

  test.each([
    ['ahead of', -3600],
    ['behind', 3600],
  ])("a clock that is %s the providers' is told", async (word, seconds) => {
    const dated: RequestListener = (_, answer) => {
      answer.sendDate = false
      answer.setHeader('date', new Date(Date.now() + seconds * 1000).toUTCString())
      answer.end()
    }
    const server = createHttpServer(dated)
    const findings = await checkReachability(envOf(await listen(server)))
    expect(findings.find(({ check }) => check === 'clock')).toMatchObject({
      level: 'bad',
      sentence: expect.stringMatching(new RegExp(`^Clock: (3599|3600|3601) s ${word} the providers`)),
    })
    server.close()
  })

  test('names what keeps an answer away: nobody there, or a certificate', async () => {
    const server = createHttpsServer(selfSigned(), (_, answer) => answer.end())
    const secure = await listen(server, 'https')
    const findings = await checkReachability(envOf(`http://127.0.0.1:${await freePort()}`, { TEO_API_URL: secure }))
    const said = (check: string) => findings.find((finding) => finding.check === check)?.sentence
    expect(said('teamleader_api')).toContain('nothing listens there')
    expect(said('teo_api')).toContain('NODE_EXTRA_CA_CERTS')
    server.close()
  })

  test.each([
    ['is ready', 200, {}, 'ok'],
    ['takes no writes', 503, { 'x-request-id': '1' }, 'bad'],
    ['start the app', 502, {}, 'bad'],
    ['PUBLIC_URL names something else', 404, {}, 'bad'],
  ])('an app that says %s', async (said, status, headers, level) => {
    const server = createHttpServer((_, answer) => answer.writeHead(status, headers).end())
    const finding = await checkApp({ publicUrl: await listen(server) })
    expect(finding).toMatchObject({ level, sentence: expect.stringContaining(said) })
    server.close()
  })

  test('an app that is not there, or whose certificate nobody knows', async () => {
    const server = createHttpsServer(selfSigned(), (_, answer) => answer.end())
    const secure = await checkApp({ publicUrl: await listen(server, 'https') })
    expect(secure.sentence).toMatch(/NODE_EXTRA_CA_CERTS\)\.$/)
    server.close()
    const none = await checkApp({ publicUrl: `http://127.0.0.1:${await freePort()}` })
    expect(none.sentence).toContain('nothing listens there): start the app')
  })
})

const oidcOf = (issuer: string) =>
  envOf('http://127.0.0.1:9', { OIDC_ISSUER: issuer, OIDC_CLIENT_ID: 'porte-cles', OIDC_CLIENT_SECRET: 'secret' })

describe('the OpenID provider', () => {
  test('that cannot be reached is told with its cause', async () => {
    const [gone] = await checkOidc(oidcOf(`http://127.0.0.1:${await freePort()}`))
    expect(gone).toMatchObject({ check: 'oidc', level: 'bad', sentence: expect.stringContaining('nothing listens') })
    const server = createHttpsServer(selfSigned(), (_, answer) => answer.end())
    const [unknown] = await checkOidc(oidcOf(await listen(server, 'https')))
    expect(unknown?.sentence).toContain('NODE_EXTRA_CA_CERTS')
    server.close()
  })
})

describe('mail', () => {
  test.each([
    ['correct', 'ok'],
    ['wrong', 'bad'],
  ])('signs in with the %s password, and sends nothing', async (password, level) => {
    const server = await startMailServer()
    const SMTP_URL = server.url.replace('smtp://', `smtp://cles:${password}@`)
    const env = envOf('http://127.0.0.1:9', { ...server.settings, SMTP_URL })
    const [finding] = await checkMail(env)
    expect(finding).toMatchObject({ check: 'mail', level })
    expect(finding?.sentence).not.toContain(password)
    expect(server.received).toEqual([])
    await server.close()
  })

  test('a server that is not there is told with its cause', async () => {
    const [finding] = await checkMail(
      envOf('http://127.0.0.1:9', { SMTP_URL: `smtp://127.0.0.1:${await freePort()}`, MAIL_FROM: 'cles@example.org' }),
    )
    expect(finding?.sentence).toContain('nothing listens there')
  })
})

describe('this machine', () => {
  test('an old Node is bad, this one is not', () => {
    const now = new Date('2026-11-27')
    expect(checkNode('22.14.0', now)).toMatchObject({ level: 'bad', sentence: expect.stringContaining('22.22.2') })
    expect(checkNode(process.versions.node, now).level).toBe('ok')
  })

  test('keys beside the database are advised about, and bad when others can read them', () => {
    const env = envOf('http://127.0.0.1:9')
    const keys = join(folder, 'app.db.keys')
    expect(checkKeyFile(env)).toEqual([])
    writeFileSync(keys, '', { mode: 0o600 })
    expect(checkKeyFile(env)).toMatchObject([{ level: 'advice', sentence: expect.stringContaining('another place') }])
    chmodSync(keys, 0o640)
    expect(checkKeyFile(env)).toMatchObject([{ level: 'bad', sentence: expect.stringContaining('chmod 600') }])
    const before = readdirSync(folder)
    expect(checkDisk(env)).toMatchObject([{ check: 'disk' }])
    expect(readdirSync(folder)).toEqual(before)
  })
})

test('a database that can only be read is told, with what keeps it so', () => {
  const env = envOf('http://127.0.0.1:9')
  expect(checkRights(env)).toEqual([])
  writeFileSync(join(folder, 'app.db'), '')
  expect(checkRights(env)).toEqual([])
  const refuse = (code: string) => () => {
    throw Object.assign(new Error(code), { code })
  }
  const mounted = expect.stringContaining('mounted read-only')
  expect(checkRights(env, refuse('EROFS'))).toMatchObject([{ level: 'bad', sentence: mounted }, { sentence: mounted }])
  expect(checkRights(env, refuse('EACCES'))[0]?.sentence).toContain('the user who runs the app')
})

test('the database is looked at, with its clock where it has one of its own', async () => {
  const testApp = await openTestApp()
  const findings = await checkDatabase({ ...testApp.env, logLevel: 'silent' })
  expect(findings[0]).toMatchObject({ check: 'database', level: 'ok' })
  await testApp.close()
})

describe.each(dialects)('the clock of $dialect', ({ dialect, test: onDatabase }) => {
  onDatabase('is compared with this one', async ({ store }) => {
    const aheadMs = await store.fleet.findClockAhead(new Date(Date.now() + 3_600_000))
    if (dialect === 'SQLite') expect(aheadMs).toBeNull()
    else expect(Math.round((aheadMs ?? 0) / 600_000)).toBe(6)
  })
})
