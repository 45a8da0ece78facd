import { afterAll, afterEach, beforeAll, beforeEach, expect, test } from 'vitest'
import type { SeenUser, UserChange } from '#lib/domain/accounts/listed-user.ts'
import type { Admin, TenantRole } from '#lib/domain/accounts/user.ts'
import { type FrontDoor, openFrontDoor, passphrase } from '#lib/testing/app/accounts-app.ts'
import { type MailServer, startMailServer } from '#lib/testing/servers/mail-server.ts'
import { requestLimits } from './request-password-reset.ts'

const hourMs = 3_600_000
const active: SeenUser = { role: 'reader', state: 'active' }
const luc = { email: 'luc@atelier.example', name: 'Luc Peeters', role: 'reader' } as const

let mail: MailServer
let door: FrontDoor
let marie: Admin

const adminOf = async (email: string): Promise<Admin> => {
  await door.addAdmin(email)
  const found = await door.app.store.accounts.findSignIn(email)
  if (found?.user.role !== 'admin') throw new Error('no admin')
  return found.user
}

beforeAll(async () => {
  mail = await startMailServer()
})
beforeEach(async () => {
  mail.answer('takes')
  mail.received.length = 0
  door = await openFrontDoor(mail.settings)
  marie = await adminOf('marie@atelier.example')
})
afterEach(() => door.close())
afterAll(() => mail.close())

const tokenIn = (text: string | undefined) => text?.match(/\/(?:invitation|mot-de-passe)\/([\w-]+)/)?.[1] ?? ''

const lastToken = async (to: string, count = 1) => tokenIn((await mail.mailsTo(to, count)).at(-1)?.text)

const typed = (token: string, password = passphrase) => ({ token, name: null, password })

const listed = async (email: string, admin = marie) => {
  const user = (await door.app.manageUsers.list(admin)).find((one) => one.email === email)
  if (!user) throw new Error('not listed')
  return user
}

/** Luc, invited and in, with his session. */
const enter = async (role: TenantRole = 'reader') => {
  await door.app.inviteUsers.invite(marie, { ...luc, role })
  return door.app.acceptInvitation.enter(typed(await lastToken(luc.email)))
}

const change = async (to: UserChange, seen = active, admin = marie) =>
  door.app.manageUsers.change(admin, await listed(luc.email, admin), seen, to)

test('an invitation is mailed, accepted, and opens what the role may see', async () => {
  expect(await door.app.inviteUsers.invite(marie, { ...luc, email: ' Luc@Atelier.example ' })).toEqual({
    kind: 'mailed',
  })
  expect(await listed(luc.email)).toMatchObject({ name: luc.name, role: 'reader', state: 'invited' })
  const [invitation] = await mail.mailsTo(luc.email)
  expect(invitation?.subject).toBe('Votre accès à Porte-clés')
  const session = await door.app.acceptInvitation.enter(typed(tokenIn(invitation?.text)))
  expect(session.role).toBe('reader')
  expect(await listed(luc.email)).toMatchObject({ state: 'active', lastSignInAt: expect.any(Date) })
  expect(await door.journal()).toEqual(expect.arrayContaining(['user.invited ok', 'user.activated ok']))
})

test('without a mail server the link is told to whoever invites, and stored nowhere', async () => {
  await door.close()
  door = await openFrontDoor()
  marie = await adminOf('marie@atelier.example')
  const handed = await door.app.inviteUsers.invite(marie, luc)
  const token = tokenIn(handed.kind === 'shown' ? handed.link : '')
  expect(await door.app.acceptInvitation.read(token)).toMatchObject({ email: luc.email })
  const { oneTimeLinks, journal } = door.db.tables
  const stored = [await door.db.q.select().from(oneTimeLinks), await door.db.q.select().from(journal)]
  expect(JSON.stringify(stored)).not.toContain(token)
  expect(door.app.requestPasswordReset.possible()).toBe(false)
})

test('an invitation whose mail failed is there, and sent again; the older link is dead', async () => {
  mail.answer('refuses')
  const unsent = { code: 'invitation_unsent', evidence: { errorCode: 'EENVELOPE 550' } }
  await expect(door.app.inviteUsers.invite(marie, luc)).rejects.toMatchObject(unsent)
  mail.answer('takes')
  await door.app.inviteUsers.again(marie, await listed(luc.email))
  const first = await lastToken(luc.email)
  await door.app.inviteUsers.again(marie, await listed(luc.email))
  await expect(door.app.acceptInvitation.enter(typed(first))).rejects.toMatchObject({ code: 'link_dead' })
  await door.app.acceptInvitation.enter(typed(await lastToken(luc.email, 2)))
  const late = { ...(await listed(luc.email)), state: 'invited' } as const
  await expect(door.app.inviteUsers.again(marie, late)).rejects.toMatchObject({ code: 'user_changed' })
})

test('the same invitation twice is one, and says that the person is there; of ten at once one is kept', async () => {
  const tries = await Promise.allSettled(Array.from({ length: 10 }, () => door.app.inviteUsers.invite(marie, luc)))
  const refused = tries.flatMap((one) => (one.status === 'rejected' ? [one.reason.code] : []))
  expect(refused).toEqual(Array.from({ length: 9 }, () => 'user_known'))
  expect(mail.received).toHaveLength(1)
  const other = await adminOf('anne@elsewhere.example')
  await expect(door.app.inviteUsers.invite(other, luc)).rejects.toMatchObject({ code: 'email_elsewhere' })
})

test('a role and an end of access take effect at once, in every session, and kill links', async () => {
  const session = await enter('admin')
  await door.app.requestPasswordReset.offer(marie, await listed(luc.email))
  const token = await lastToken(luc.email, 2)
  await change({ kind: 'change_role', role: 'reader' }, { role: 'admin', state: 'active' })
  expect(await door.app.signIn.findUser(session.id)).toBeNull()
  expect(await door.app.choosePassword.read(token)).toBeNull()
  const attempt = { email: luc.email, password: passphrase, ip: null }
  const reader = await door.app.signIn.begin(attempt)
  expect(reader.user.role).toBe('reader')
  await change({ kind: 'deactivate' })
  expect(await door.app.signIn.findUser(reader.id)).toBeNull()
  await expect(door.app.signIn.begin(attempt)).rejects.toMatchObject({ code: 'credentials_wrong' })
  await change({ kind: 'reactivate' }, { role: 'reader', state: 'deactivated' })
  expect((await door.app.signIn.begin(attempt)).user.role).toBe('reader')
  const outcomeOf = ['user.role_changed ok', 'user.deactivated ok', 'user.reactivated ok']
  expect((await door.journal()).filter((line) => outcomeOf.includes(line))).toEqual(outcomeOf)
})

test('what is so already is left alone; what changed meanwhile is said so', async () => {
  await enter()
  await change({ kind: 'deactivate' })
  await change({ kind: 'deactivate' })
  expect((await door.journal()).filter((line) => line.startsWith('user.deactivated'))).toHaveLength(1)
  await expect(change({ kind: 'change_role', role: 'admin' })).rejects.toMatchObject({ code: 'user_changed' })
})

test('the last administrator stays, and whoever is none any more is told to sign in', async () => {
  await enter()
  const self = await listed(marie.email)
  const seen: SeenUser = { role: 'admin', state: 'active' }
  const stepDown = () => door.app.manageUsers.change(marie, self, seen, { kind: 'deactivate' })
  await expect(stepDown()).rejects.toMatchObject({ code: 'last_admin' })
  await change({ kind: 'change_role', role: 'admin' })
  await stepDown()
  await expect(change({ kind: 'deactivate' }, seen)).rejects.toMatchObject({ code: 'session_ended' })
})

test('nobody finds or changes a user of another tenant', async () => {
  await enter()
  const stranger = await adminOf('anne@elsewhere.example')
  const user = await listed(luc.email)
  expect(await door.app.manageUsers.find(stranger, user.id)).toBeNull()
  const change = door.app.manageUsers.change(stranger, user, active, { kind: 'deactivate' })
  await expect(change).rejects.toMatchObject({ code: 'user_changed' })
  await expect(door.app.requestPasswordReset.offer(stranger, user)).rejects.toMatchObject({ code: 'user_changed' })
  expect(await listed(luc.email)).toMatchObject({ state: 'active' })
})

const forget = async (email: string) => (await door.app.requestPasswordReset.request(email, null))()

test('a forgotten password is replaced by a mailed link, once, within the hour; other sessions end', async () => {
  const session = await enter()
  await forget(luc.email)
  await forget(' Luc@Atelier.example')
  const [, older, newer] = (await mail.mailsTo(luc.email, 3)).map(({ text }) => tokenIn(text))
  const { enter: choose, read } = door.app.choosePassword
  await expect(choose(typed(older ?? ''))).rejects.toMatchObject({ code: 'link_dead' })
  const chosen = await choose(typed(newer ?? '', 'une tout autre phrase'))
  expect(await door.app.signIn.findUser(chosen.id)).toMatchObject({ name: luc.name, role: 'reader' })
  expect(await door.app.signIn.findUser(session.id)).toBeNull()
  await expect(choose(typed(newer ?? ''))).rejects.toMatchObject({ code: 'link_used' })
  await forget(luc.email)
  const late = await lastToken(luc.email, 4)
  door.pass(hourMs)
  expect(await read(late)).toBeNull()
  await expect(choose(typed(late))).rejects.toMatchObject({ code: 'link_expired' })
  expect(await door.journal()).toEqual(expect.arrayContaining(['password.requested ok', 'password.changed ok']))
})

test('an address nobody has, somebody invited and somebody deactivated are sent nothing', async () => {
  await enter()
  await change({ kind: 'deactivate' })
  await door.app.inviteUsers.invite(marie, { ...luc, email: 'anne@atelier.example' })
  const before = mail.received.length
  for (const email of [luc.email, 'anne@atelier.example', 'nobody@atelier.example']) await forget(email)
  expect(mail.received).toHaveLength(before)
  expect(await door.journal()).not.toContain('password.requested ok')
})

test.each(['marie@atelier.example', 'nobody@atelier.example'])(
  'links for %s are limited alike, and come back with time',
  async (email) => {
    const { limit, windowMs } = requestLimits.account
    const asked = await Promise.allSettled(
      Array.from({ length: limit + 3 }, () => door.app.requestPasswordReset.request(email, null)),
    )
    const refused = asked.flatMap((one) => (one.status === 'rejected' ? [one.reason.code] : []))
    expect(refused).toEqual(Array.from({ length: 3 }, () => 'requests_throttled'))
    door.pass(windowMs)
    await door.app.requestPasswordReset.request(email, null)
  },
)
