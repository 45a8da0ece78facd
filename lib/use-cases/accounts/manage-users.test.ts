import { afterAll, afterEach, beforeAll, beforeEach, expect, test } from 'vitest'
import type { SeenUser, UserChange } from '#lib/domain/accounts/listed-user.ts'
import type { Admin, TenantRole } from '#lib/domain/accounts/user.ts'
import { type AccountsApp, openAccountsApp, passphrase } from '#lib/testing/app/accounts-app.ts'
import { type MailServer, startMailServer } from '#lib/testing/servers/mail-server.ts'
import { requestLimits } from './request-password-reset.ts'

const hourMs = 3_600_000
const active: SeenUser = { role: 'reader', state: 'active' }
const luc = { email: 'luc@atelier.example', name: 'Luc Peeters', role: 'reader' } as const

let mail: MailServer
let accountsApp: AccountsApp
let marie: Admin

const adminOf = async (email: string): Promise<Admin> => {
  await accountsApp.addAdmin(email)
  const found = await accountsApp.app.store.accounts.findSignIn(email)
  if (found?.user.role !== 'admin') throw new Error('no admin')
  return found.user
}

beforeAll(async () => {
  mail = await startMailServer()
})
beforeEach(async () => {
  mail.answer('takes')
  mail.received.length = 0
  accountsApp = await openAccountsApp(mail.settings)
  marie = await adminOf('marie@atelier.example')
})
afterEach(() => accountsApp.close())
afterAll(() => mail.close())

const tokenIn = (text: string | undefined) => text?.match(/\/(?:invitation|mot-de-passe)\/([\w-]+)/)?.[1] ?? ''

const lastToken = async (to: string, count = 1) => tokenIn((await mail.mailsTo(to, count)).at(-1)?.text)

const typed = (token: string, password = passphrase) => ({ token, name: null, password })

const listed = async (email: string, admin = marie) => {
  const user = (await accountsApp.app.manageUsers.list(admin)).find((one) => one.email === email)
  if (!user) throw new Error('not listed')
  return user
}

/** Luc, invited and in, with his session. */
const enter = async (role: TenantRole = 'reader') => {
  await accountsApp.app.inviteUsers.invite(marie, { ...luc, role })
  return accountsApp.app.acceptInvitation.enter(typed(await lastToken(luc.email)))
}

const change = async (to: UserChange, seen = active, admin = marie) =>
  accountsApp.app.manageUsers.change(admin, await listed(luc.email, admin), seen, to)

test('an invitation is mailed, accepted, and opens what the role may see', async () => {
  expect(await accountsApp.app.inviteUsers.invite(marie, { ...luc, email: ' Luc@Atelier.example ' })).toEqual({
    kind: 'mailed',
  })
  expect(await listed(luc.email)).toMatchObject({ name: luc.name, role: 'reader', state: 'invited' })
  const [invitation] = await mail.mailsTo(luc.email)
  expect(invitation?.subject).toBe('Votre accès à Porte-clés')
  const session = await accountsApp.app.acceptInvitation.enter(typed(tokenIn(invitation?.text)))
  expect(session.role).toBe('reader')
  expect(await listed(luc.email)).toMatchObject({ state: 'active', lastSignInAt: expect.any(Date) })
  expect(await accountsApp.journal()).toEqual(expect.arrayContaining(['user.invited ok', 'user.activated ok']))
})

test('without a mail server the link is told to whoever invites, and stored nowhere', async () => {
  await accountsApp.close()
  accountsApp = await openAccountsApp()
  marie = await adminOf('marie@atelier.example')
  const handed = await accountsApp.app.inviteUsers.invite(marie, luc)
  const token = tokenIn(handed.kind === 'shown' ? handed.link : '')
  expect(await accountsApp.app.acceptInvitation.read(token)).toMatchObject({ email: luc.email })
  const { invitations, journal } = accountsApp.db.tables
  const stored = [await accountsApp.db.q.select().from(invitations), await accountsApp.db.q.select().from(journal)]
  expect(JSON.stringify(stored)).not.toContain(token)
  expect(JSON.stringify(stored)).toContain('linkShown')
  expect(accountsApp.app.requestPasswordReset.possible()).toBe(false)
  // whoever sees a link for a password takes the sign-in over
  const self = await listed(marie.email)
  await expect(accountsApp.app.requestPasswordReset.offer(marie, self)).rejects.toMatchObject({ code: 'mail_missing' })
})

test('an invitation whose mail failed is there, and sent again; the older link is dead', async () => {
  mail.answer('refuses')
  const unsent = { code: 'invitation_unsent', evidence: { errorCode: 'EENVELOPE 550' } }
  await expect(accountsApp.app.inviteUsers.invite(marie, luc)).rejects.toMatchObject(unsent)
  expect(await accountsApp.journal()).toContain('delivery.given_up mail_failed')
  mail.answer('takes')
  await accountsApp.app.inviteUsers.again(marie, await listed(luc.email))
  const first = await lastToken(luc.email)
  await accountsApp.app.inviteUsers.again(marie, await listed(luc.email))
  await expect(accountsApp.app.acceptInvitation.enter(typed(first))).rejects.toMatchObject({ code: 'link_dead' })
  await accountsApp.app.acceptInvitation.enter(typed(await lastToken(luc.email, 2)))
  accountsApp.pass(hourMs)
  const late = { ...(await listed(luc.email)), state: 'invited' } as const
  await expect(accountsApp.app.inviteUsers.again(marie, late)).rejects.toMatchObject({ code: 'user_changed' })
})

test('the same invitation twice is one, and says that the person is there; of three at once one is kept', async () => {
  const tries = await Promise.allSettled(
    Array.from({ length: 3 }, () => accountsApp.app.inviteUsers.invite(marie, luc)),
  )
  const refused = tries.flatMap((one) => (one.status === 'rejected' ? [one.reason.code] : []))
  expect(refused).toEqual(Array.from({ length: 2 }, () => 'user_known'))
  expect(mail.received).toHaveLength(1)
})

test('who invites reads the same whoever has the address elsewhere, and sees the same row', async () => {
  await enter()
  const other = await adminOf('anne@elsewhere.example')
  const [known, unknown] = [luc.email, 'nobody@elsewhere.example']
  const answers = await Promise.all(
    [known, unknown].map((email) => accountsApp.app.inviteUsers.invite(other, { ...luc, email })),
  )
  expect(answers[0]).toEqual(answers[1])
  const rows = await Promise.all([listed(known, other), listed(unknown, other)])
  const [first, second] = rows.map(({ id: _, email: __, ...row }) => row)
  expect(first).toEqual(second)
  await expect(accountsApp.app.acceptInvitation.enter(typed(await lastToken(known, 2)))).rejects.toMatchObject({
    code: 'account_exists',
  })
  const mine = accountsApp.app.inviteUsers.invite(marie, luc)
  await expect(mine).rejects.toMatchObject({ code: 'user_known' })
})

test('an invitation that was withdrawn is out of the list, and its link dead', async () => {
  await accountsApp.app.inviteUsers.invite(marie, luc)
  const row = await listed(luc.email)
  const other = await adminOf('anne@elsewhere.example')
  await expect(accountsApp.app.inviteUsers.revoke(other, row)).rejects.toMatchObject({ code: 'user_changed' })
  await accountsApp.app.inviteUsers.revoke(marie, row)
  await expect(accountsApp.app.inviteUsers.revoke(marie, row)).rejects.toMatchObject({ code: 'user_changed' })
  await expect(listed(luc.email)).rejects.toThrow('not listed')
  const enterLate = accountsApp.app.acceptInvitation.enter(typed(await lastToken(luc.email)))
  await expect(enterLate).rejects.toMatchObject({ code: 'link_dead' })
  expect(await accountsApp.journal()).toContain('user.uninvited ok')
})

test('a role and an end of access take effect at once, in every session, and kill links', async () => {
  const session = await enter('admin')
  await accountsApp.app.requestPasswordReset.offer(marie, await listed(luc.email))
  const token = await lastToken(luc.email, 2)
  await change({ kind: 'change_role', role: 'reader' }, { role: 'admin', state: 'active' })
  expect(await accountsApp.app.sessions.findUser(session.id)).toBeNull()
  expect(await accountsApp.app.choosePassword.read(token)).toBeNull()
  const attempt = { email: luc.email, password: passphrase, ip: null }
  const reader = await accountsApp.app.signIn.begin(attempt)
  expect(reader.user.role).toBe('reader')
  await change({ kind: 'deactivate' })
  expect(await accountsApp.app.sessions.findUser(reader.id)).toBeNull()
  await expect(accountsApp.app.signIn.begin(attempt)).rejects.toMatchObject({ code: 'credentials_wrong' })
  await change({ kind: 'reactivate' }, { role: 'reader', state: 'deactivated' })
  expect((await accountsApp.app.signIn.begin(attempt)).user.role).toBe('reader')
  const outcomeOf = ['user.role_changed ok', 'user.deactivated ok', 'user.reactivated ok']
  expect((await accountsApp.journal()).filter((line) => outcomeOf.includes(line))).toEqual(outcomeOf)
})

test('what is so already is left alone; what changed meanwhile is said so', async () => {
  await enter()
  await change({ kind: 'deactivate' })
  await change({ kind: 'deactivate' })
  expect((await accountsApp.journal()).filter((line) => line.startsWith('user.deactivated'))).toHaveLength(1)
  await expect(change({ kind: 'change_role', role: 'admin' })).rejects.toMatchObject({ code: 'user_changed' })
})

test('the last administrator stays, and whoever is none any more is told to sign in', async () => {
  await enter()
  const self = await listed(marie.email)
  const seen: SeenUser = { role: 'admin', state: 'active' }
  const stepDown = () => accountsApp.app.manageUsers.change(marie, self, seen, { kind: 'deactivate' })
  await expect(stepDown()).rejects.toMatchObject({ code: 'last_admin' })
  await change({ kind: 'change_role', role: 'admin' })
  await stepDown()
  await expect(change({ kind: 'deactivate' }, seen)).rejects.toMatchObject({ code: 'session_ended' })
})

test('nobody finds or changes a user of another tenant', async () => {
  await enter()
  const otherAdmin = await adminOf('anne@elsewhere.example')
  const user = await listed(luc.email)
  expect(await accountsApp.app.manageUsers.find(otherAdmin, user.id)).toBeNull()
  const change = accountsApp.app.manageUsers.change(otherAdmin, user, active, { kind: 'deactivate' })
  await expect(change).rejects.toMatchObject({ code: 'user_changed' })
  await expect(accountsApp.app.requestPasswordReset.offer(otherAdmin, user)).rejects.toMatchObject({
    code: 'user_changed',
  })
  expect(await listed(luc.email)).toMatchObject({ state: 'active' })
})

const forget = async (email: string) => (await accountsApp.app.requestPasswordReset.request(email, null))()

test('a forgotten password is replaced by a mailed link, once, within the hour; other sessions end', async () => {
  const session = await enter()
  await forget(luc.email)
  await forget(' Luc@Atelier.example')
  const [, older, newer] = (await mail.mailsTo(luc.email, 3)).map(({ text }) => tokenIn(text))
  const { enter: choose, read } = accountsApp.app.choosePassword
  await expect(choose(typed(older ?? ''))).rejects.toMatchObject({ code: 'link_dead' })
  const chosen = await choose(typed(newer ?? '', 'une tout autre phrase'))
  expect(await accountsApp.app.sessions.findUser(chosen.id)).toMatchObject({ name: luc.name, role: 'reader' })
  expect(await accountsApp.app.sessions.findUser(session.id)).toBeNull()
  await expect(choose(typed(newer ?? ''))).rejects.toMatchObject({ code: 'link_used' })
  accountsApp.pass(hourMs)
  await forget(luc.email)
  const late = await lastToken(luc.email, 4)
  accountsApp.pass(hourMs)
  expect(await read(late)).toBeNull()
  await expect(choose(typed(late))).rejects.toMatchObject({ code: 'link_expired' })
  expect(await accountsApp.journal()).toEqual(expect.arrayContaining(['password.requested ok', 'password.changed ok']))
})

test('an address nobody has, somebody invited and somebody deactivated are sent nothing', async () => {
  await enter()
  await change({ kind: 'deactivate' })
  await accountsApp.app.inviteUsers.invite(marie, { ...luc, email: 'anne@atelier.example' })
  const before = mail.received.length
  for (const email of [luc.email, 'anne@atelier.example', 'nobody@atelier.example']) await forget(email)
  expect(mail.received).toHaveLength(before)
  expect(await accountsApp.journal()).not.toContain('password.requested ok')
})

test.each(['marie@atelier.example', 'nobody@atelier.example'])(
  'links for %s are limited alike, and come back with time',
  async (email) => {
    const { limit, windowMs } = requestLimits.account
    const asked = await Promise.allSettled(
      Array.from({ length: limit + 3 }, () => accountsApp.app.requestPasswordReset.request(email, null)),
    )
    const refused = asked.flatMap((one) => (one.status === 'rejected' ? [one.reason.code] : []))
    expect(refused).toEqual(Array.from({ length: 3 }, () => 'requests_throttled'))
    accountsApp.pass(windowMs)
    await accountsApp.app.requestPasswordReset.request(email, null)
  },
)
