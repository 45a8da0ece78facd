import { afterEach, beforeEach, expect, test, vi } from 'vitest'
import type { OidcIdentity } from '#lib/domain/accounts/oidc-identity.ts'
import { Failure } from '#lib/domain/failure.ts'
import { type AccountsApp, openAccountsApp } from '#lib/testing/app/accounts-app.ts'
import { delays } from './rate-limit.ts'
import { oidcLimits } from './sign-in-with-oidc.ts'

const email = 'marie@atelier.example'
const marie: OidcIdentity = { issuer: 'https://id.example', subject: '4711', verifiedEmail: email }
const minuteMs = 60_000

let accountsApp: AccountsApp

beforeEach(async () => {
  accountsApp = await openAccountsApp()
})
afterEach(() => accountsApp.close())

const begin = (identity: OidcIdentity) =>
  accountsApp.app.signInWithOidc.begin(identity, { ip: '192.0.2.7', device: null })

const codeOf = (attempt: Promise<unknown>) =>
  attempt.then(
    () => 'in',
    (error: unknown) => (error instanceof Failure ? error.code : error),
  )

test('the verified address of an active user opens a session and binds them; both are journaled', async () => {
  const { tenantId } = await accountsApp.addAdmin(email)
  const session = await begin(marie)
  expect(await accountsApp.app.sessions.findUser(session.id)).toMatchObject({ email, tenantId })
  expect(await codeOf(begin(marie))).toBe('in')
  const entries = await accountsApp.db.q.select().from(accountsApp.db.tables.journal)
  const opened = entries.filter(({ event }) => event === 'session.opened')
  expect(opened.map(({ tenantId: whose, address }) => [whose, address])).toEqual(Array(2).fill([tenantId, '192.0.2.7']))
  expect(opened.map(({ detail }) => detail)).toEqual(
    expect.arrayContaining([{ by: 'oidc', identityBound: true }, { by: 'oidc' }]),
  )
})

test('once bound, issuer and subject decide: a new address of theirs still leads to the same user', async () => {
  await accountsApp.addAdmin(email)
  await accountsApp.addAdmin('luc@atelier.example')
  await begin(marie)
  const { user } = await begin({ ...marie, verifiedEmail: 'luc@atelier.example' })
  expect(user.email).toBe(email)
})

test('whoever was invited enters once they accepted; nobody is created, whatever the provider says', async () => {
  const { token } = await accountsApp.addAdmin('invited@atelier.example', null)
  const invited = { ...marie, verifiedEmail: 'invited@atelier.example' }
  expect(await codeOf(begin(invited))).toBe('oidc_user_unknown')
  await accountsApp.app.acceptInvitation.confirmName(token ?? '', 'Marie', null)
  expect(await codeOf(begin(invited))).toBe('in')
  const users = () => accountsApp.db.q.select().from(accountsApp.db.tables.users)
  const before = await users()
  expect(await codeOf(begin({ ...marie, subject: 'other', verifiedEmail: 'nobody@atelier.example' }))).toBe(
    'oidc_user_unknown',
  )
  expect(await users()).toEqual(before)
})

test('each refusal has its code, is journaled with it, and binds nobody', async () => {
  const { tenantId, userId } = await accountsApp.addAdmin(email)
  expect(await codeOf(begin({ ...marie, verifiedEmail: null }))).toBe('oidc_email_unverified')
  await begin(marie)
  expect(await codeOf(begin({ ...marie, verifiedEmail: null }))).toBe('oidc_email_unverified')
  expect(await codeOf(begin({ ...marie, subject: '4712' }))).toBe('oidc_other_identity')
  expect(await codeOf(begin({ ...marie, issuer: 'https://id.other' }))).toBe('oidc_other_identity')
  await accountsApp.disable(email)
  expect(await codeOf(begin(marie))).toBe('oidc_user_disabled')
  const [user] = await accountsApp.db.q.select().from(accountsApp.db.tables.users)
  expect(user).toMatchObject({ oidcIssuer: marie.issuer, oidcSubject: '4711' })
  const entries = (await accountsApp.db.q.select().from(accountsApp.db.tables.journal)).filter(
    ({ outcome }) => outcome === 'oidc_other_identity',
  )
  expect(entries).toHaveLength(2)
  expect(entries[0]).toMatchObject({ tenantId, actor: 'visitor', detail: { by: 'oidc', userId } })
})

test('of two browsers that bind the same user at once, both enter as the same identity', async () => {
  await accountsApp.addAdmin(email)
  expect(await Promise.all([codeOf(begin(marie)), codeOf(begin(marie))])).toEqual(['in', 'in'])
  const rivals = [marie, { ...marie, subject: '4712' }]
  expect((await Promise.all(rivals.map((who) => codeOf(begin(who))))).sort()).toEqual(['in', 'oidc_other_identity'])
})

test('a session ends the moment its user is disabled', async () => {
  await accountsApp.addAdmin(email)
  const { id } = await begin(marie)
  await accountsApp.disable(email)
  expect(await accountsApp.app.sessions.findUser(id)).toBeNull()
})

test('an identity that is refused over and over waits; one that enters does not', async () => {
  await accountsApp.addAdmin(email)
  for (let turn = 0; turn < 15; turn += 1) expect(await codeOf(begin(marie))).toBe('in')
  const unknownPerson = { ...marie, subject: 'unknown', verifiedEmail: 'unknown@x.example' }
  for (let turn = 0; turn < oidcLimits.identity.limit; turn += 1)
    expect(await codeOf(begin(unknownPerson))).toBe('oidc_user_unknown')
  expect(await codeOf(begin(unknownPerson))).toBe('too_many_attempts')
  accountsApp.pass(15 * minuteMs)
  expect(await codeOf(begin(unknownPerson))).toBe('oidc_user_unknown')
})

test('requests that ask the provider are limited by trusted address, and delayed when they are too many together', async () => {
  const { throttleLog } = accountsApp.db.tables
  const { allow } = accountsApp.app.signInWithOidc
  const fill = (limit: number, bucket: string) =>
    accountsApp.db.q.insert(throttleLog).values(
      Array.from({ length: limit }, (_, turn) => ({
        id: `${bucket}${turn}`,
        bucket,
        at: accountsApp.app.clock.now(),
      })),
    )
  const address = `oidc:address:${accountsApp.app.random.hash('192.0.2.7')}`
  await fill(oidcLimits.address.limit, address)
  expect(await codeOf(allow('192.0.2.7'))).toBe('too_many_attempts')
  expect(await codeOf(allow('192.0.2.8'))).toBe('in')
  expect(await codeOf(allow(null))).toBe('in')
  await fill(oidcLimits.everyone.limit, 'oidc:everyone')
  vi.useFakeTimers({ toFake: ['setTimeout'] })
  const late = codeOf(allow(null))
  while (vi.getTimerCount() === 0) await new Promise(setImmediate)
  await vi.advanceTimersByTimeAsync(delays.mostMs)
  vi.useRealTimers()
  expect(await late).toBe('in')
})
