import { hash } from '@node-rs/argon2'
import { eq } from 'drizzle-orm'
import { afterEach, beforeEach, describe, expect, test } from 'vitest'
import { Failure } from '#lib/domain/failure.ts'
import { type AccountsApp, openAccountsApp, operator, passphrase } from '#lib/testing/app/accounts-app.ts'
import { sessionOf } from '#lib/testing/database/fixtures.ts'

const email = 'marie@atelier.example'
const right = { email, password: passphrase, ip: null }
const wrong = { ...right, password: 'not her phrase at all' }
const minuteMs = 60_000

let accountsApp: AccountsApp

beforeEach(async () => {
  accountsApp = await openAccountsApp()
})
afterEach(() => accountsApp.close())

const codeOf = async (attempt: Promise<unknown>) => {
  const failed: unknown = await attempt.then(
    () => 'in',
    (error: unknown) => error,
  )
  return failed instanceof Failure ? failed.code : failed
}

const count = (codes: unknown[], code: string) => codes.filter((found) => found === code).length

describe('signing in', () => {
  test('the journal says where it came from, and never what was typed', async () => {
    await accountsApp.addAdmin(email)
    const ip = { ip: '192.0.2.7' }
    const session = await accountsApp.app.signIn.begin({ ...right, ...ip })
    await accountsApp.app.sessions.end(session.id, '192.0.2.8')
    const typed = { email: 'somebody@else.example', password: 'typed in the wrong place' }
    for (const attempt of [
      { ...wrong, ...ip },
      { ...typed, ...ip },
    ])
      await codeOf(accountsApp.app.signIn.begin(attempt))
    const rows = await accountsApp.db.q.select().from(accountsApp.db.tables.journal)
    const addresses = (event: string) => rows.filter((row) => row.event === event).map(({ address }) => address)
    expect(addresses('session.opened')).toEqual(['192.0.2.7'])
    expect(addresses('session.ended')).toEqual(['192.0.2.8'])
    expect(addresses('session.refused')).toEqual(['192.0.2.7', '192.0.2.7'])
    for (const reported of [email, wrong.password, typed.email, typed.password])
      expect(JSON.stringify(rows)).not.toContain(reported)
  })

  test('the right password opens a session that names its user, and is journaled', async () => {
    const { tenantId } = await accountsApp.addAdmin(email)
    const session = await accountsApp.app.signIn.begin({ ...right, email: '  Marie@Atelier.Example ' })
    expect(session.expiresAt).toEqual(new Date('2026-11-23T00:00:00.000Z'))
    expect(await accountsApp.app.sessions.findUser(session.id)).toMatchObject({
      email,
      role: 'admin',
      tenantId,
      tenantName: 'Atelier Delvaux SRL',
    })
    expect(await accountsApp.journal()).toContain('session.opened ok')
  })

  test('a wrong password, an unknown address, somebody disabled and somebody invited read the same words', async () => {
    await accountsApp.addAdmin(email)
    await accountsApp.addAdmin('invited@atelier.example', null)
    await accountsApp.addAdmin('gone@atelier.example')
    await accountsApp.disable('gone@atelier.example')
    const others = [
      'unknown@atelier.example',
      'marie\u0000@atelier.example',
      'invited@atelier.example',
      'gone@atelier.example',
    ]
    const attempts = [wrong, ...others.map((other) => ({ ...right, email: other }))]
    for (const attempt of attempts)
      expect(await codeOf(accountsApp.app.signIn.begin(attempt))).toBe('credentials_wrong')
    expect(count(await accountsApp.journal(), 'session.refused credentials_wrong')).toBe(5)
  })

  test('an unknown address costs as much time as a wrong password', async () => {
    await accountsApp.addAdmin(email)
    const median = async (attempt: typeof wrong) => {
      const took: number[] = []
      for (let turn = 0; turn < 7; turn += 1) {
        const ip = performance.now()
        await codeOf(accountsApp.app.signIn.begin(attempt))
        took.push(performance.now() - ip)
      }
      return took.sort((a, b) => a - b)[3] ?? 0
    }
    const known = await median(wrong)
    const unknown = await median({ ...wrong, email: 'nobody@atelier.example' })
    expect(unknown).toBeGreaterThan(known / 3)
  })
})

test('a hash that cost less than one of today is made anew at the sign-in, and opens again', async () => {
  const { userId } = await accountsApp.addAdmin(email)
  const { q, tables } = accountsApp.db
  const cheap = await hash(passphrase, { algorithm: 2, memoryCost: 8_192, timeCost: 1, parallelism: 1 })
  await q.update(tables.users).set({ passwordHash: cheap }).where(eq(tables.users.id, userId))
  const stored = async () => (await q.select().from(tables.users).where(eq(tables.users.id, userId)))[0]?.passwordHash
  await accountsApp.app.signIn.begin(right)
  const remade = await stored()
  expect(remade).toMatch(/^\$argon2id\$v=19\$m=19456,t=2,p=1\$/)
  await accountsApp.app.signIn.begin(right)
  expect(await stored()).toBe(remade)
})

describe('a session', () => {
  const open = async () => {
    await accountsApp.addAdmin(email)
    return (await accountsApp.app.signIn.begin(right)).id
  }

  test('ends when its user signs out, once, and only that one', async () => {
    const id = await open()
    const other = await accountsApp.app.signIn.begin(right)
    await accountsApp.app.sessions.end(id, null)
    await accountsApp.app.sessions.end(id, null)
    expect(await accountsApp.app.sessions.findUser(id)).toBeNull()
    expect(await accountsApp.app.sessions.findUser(other.id)).not.toBeNull()
    expect(count(await accountsApp.journal(), 'session.ended ok')).toBe(1)
  })

  test('ends the moment its user is disabled', async () => {
    const id = await open()
    await accountsApp.disable(email)
    expect(await accountsApp.app.sessions.findUser(id)).toBeNull()
  })

  test('ends after twelve hours, however busy', async () => {
    const id = await open()
    for (let hour = 0; hour < 12; hour += 1) {
      expect(await accountsApp.app.sessions.findUser(id)).not.toBeNull()
      accountsApp.pass(60 * minuteMs)
    }
    expect(await accountsApp.app.sessions.findUser(id)).toBeNull()
  })

  test('ends when it was not used for eight hours, and goes on when it was', async () => {
    const [used, left] = [await open(), (await accountsApp.app.signIn.begin(right)).id]
    accountsApp.pass(4 * 60 * minuteMs)
    expect(await accountsApp.app.sessions.findUser(used)).not.toBeNull()
    accountsApp.pass(4 * 60 * minuteMs)
    expect(await accountsApp.app.sessions.findUser(left)).toBeNull()
    expect(await accountsApp.app.sessions.findUser(used)).not.toBeNull()
  })

  test('is stored by its hash alone, and with where it was opened', async () => {
    await accountsApp.addAdmin(email)
    const device = { browser: 'Firefox', system: 'macOS' }
    const { id } = await accountsApp.app.signIn.begin({ ...right, ip: '192.0.2.7', device })
    const rows = await accountsApp.db.q.select().from(accountsApp.db.tables.sessions)
    expect(rows).toMatchObject([{ method: 'password', ip: '192.0.2.7', device }])
    expect(JSON.stringify(rows)).not.toContain(id)
  })

  test('is not opened on a password that changed while it was being verified', async () => {
    const { userId } = await accountsApp.addAdmin(email)
    const opened = await accountsApp.app.store.accounts.openSession(
      sessionOf(userId, { id: 'late', expiresAt: new Date('2026-11-23T00:00:00.000Z') }),
      { verifiedHash: 'the hash of before', newHash: null, forgiven: [], now: accountsApp.app.clock.now() },
      {
        at: accountsApp.app.clock.now(),
        tenantId: null,
        connectionId: null,
        actor: operator,
        event: 'session.opened',
        outcome: 'ok',
        detail: {},
      },
    )
    expect(opened).toBe(false)
    expect(await accountsApp.app.sessions.findUser('late')).toBeNull()
  })
})
