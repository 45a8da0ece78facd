import { afterEach, beforeEach, expect, test } from 'vitest'
import { Failure } from '#lib/domain/failure.ts'
import { type AccountsApp, openAccountsApp, passphrase } from '#lib/testing/app/accounts-app.ts'
import { type MailServer, startMailServer } from '#lib/testing/servers/mail-server.ts'
import { confirmLimit } from './confirm-identity.ts'

const email = 'marie@atelier.example'
const newEmail = 'marie@delvaux.example'
const newer = 'cinq mots choisis par Marie'
const minuteMs = 60_000
const hourMs = 60 * minuteMs

let mails: MailServer
let accountsApp: AccountsApp

beforeEach(async () => {
  mails = await startMailServer()
  accountsApp = await openAccountsApp(mails.settings)
})
afterEach(async () => {
  await accountsApp.close()
  await mails.close()
})

const codeOf = (attempt: Promise<unknown>) =>
  attempt.then(
    () => 'done',
    (error: unknown) => (error instanceof Failure ? error.code : error),
  )

const signIn = async (password = passphrase, address = email) => {
  const { id } = await accountsApp.app.signIn.begin({ email: address, password, ip: null })
  const session = await accountsApp.app.sessions.find(id)
  if (!session) throw new Error('no session')
  return { id, session, user: session.user }
}

const enter = async () => {
  await accountsApp.addAdmin(email)
  return signIn()
}

const mailsTo = (address: string, count = 1) => mails.mailsTo(address, count)

/** The token of the last of so many links. */
const linkTo = async (address: string, count = 1) =>
  (await mailsTo(address, count)).at(-1)?.text.match(/\/adresse\/([\w-]+)/)?.[1] ?? ''

test('a password is changed by the current one: other sessions end, this one goes on under a new id, and its user is told', async () => {
  const { app } = accountsApp
  const { id, session, user } = await enter()
  const other = await signIn()
  expect(await codeOf(app.manageAccount.changePassword(session, user, 'a guess', newer))).toBe('current_password_wrong')
  expect(await codeOf(app.manageAccount.changePassword(session, user, passphrase, 'password1234'))).toBe(
    'password_weak',
  )
  const renewed = await app.manageAccount.changePassword(session, user, passphrase, newer)
  expect(await app.sessions.find(renewed.session.id)).toEqual(renewed.live)
  expect(await app.sessions.findUser(id)).toBeNull()
  expect(await app.sessions.findUser(other.id)).toBeNull()
  expect(await codeOf(app.signIn.begin({ email, password: passphrase, ip: null }))).toBe('credentials_wrong')
  expect((await signIn(newer)).user.email).toBe(email)
  expect((await mailsTo(email)).map(({ subject }) => subject)).toEqual(['Votre mot de passe a été changé'])
})

test('a session that was stolen guesses ten times, and locks no other one out', async () => {
  const { app } = accountsApp
  const { session } = await enter()
  for (let turn = 0; turn < confirmLimit.limit; turn += 1)
    expect(await codeOf(app.confirmIdentity.byPassword(session, 'a guess'))).toBe('confirmation_wrong')
  expect(await codeOf(app.confirmIdentity.byPassword(session, passphrase))).toBe('too_many_attempts')
  expect(await codeOf(app.confirmIdentity.byPassword((await signIn()).session, passphrase))).toBe('done')
})

test('whoever signed in is confirmed for ten minutes, and again by their password', async () => {
  const { app, pass } = accountsApp
  const { id, session } = await enter()
  expect(app.sessions.isConfirmed(session)).toBe(true)
  pass(10 * minuteMs)
  expect(app.sessions.isConfirmed(session)).toBe(false)
  const { live } = await app.confirmIdentity.byPassword(session, passphrase)
  expect(app.sessions.isConfirmed(live)).toBe(true)
  expect(await app.sessions.find(id)).toBeNull()
})

test('whoever confirms goes on under a new id, until the same end: what follows keeps this session alone', async () => {
  const { app, pass } = accountsApp
  const { session, user } = await enter()
  const other = await signIn()
  pass(minuteMs)
  const confirmed = await app.confirmIdentity.byPassword(session, passphrase)
  expect(await app.sessions.find(confirmed.session.id)).toEqual(confirmed.live)
  expect(confirmed.session.expiresAt).toEqual(session.expiresAt)
  await app.sessions.close(user, { allBut: confirmed.live.id })
  expect(await app.sessions.find(other.id)).toBeNull()
  const changed = await app.manageAccount.changePassword(confirmed.live, user, passphrase, newer)
  expect((await app.sessions.list(user)).map(({ id }) => id)).toEqual([changed.live.id])
  expect(await app.sessions.findUser(changed.session.id)).not.toBeNull()
  expect(await app.sessions.find(confirmed.session.id)).toBeNull()
})

test('of two requests that confirm at once, one goes on and the other is told that its session ended', async () => {
  const { app } = accountsApp
  const { session, user } = await enter()
  const both = [1, 2].map(() => app.confirmIdentity.byPassword(session, passphrase))
  expect((await Promise.all(both.map(codeOf))).toSorted()).toEqual(['done', 'session_ended'])
  expect(await codeOf(app.manageAccount.changePassword(session, user, passphrase, newer))).toBe('session_ended')
  expect(await app.sessions.list(user)).toHaveLength(1)
  expect((await signIn()).user.email).toBe(email)
})

test('a new address counts once its link is opened there, within a day and once; the old one is told', async () => {
  const { app, pass } = accountsApp
  const { id, user } = await enter()
  await app.manageAccount.askEmail(user, ` ${newEmail.toUpperCase()} `)
  const token = await linkTo(newEmail)
  expect(await app.manageAccount.readEmailLink(token)).toMatchObject({ newEmail, user: { email } })
  expect((await app.manageAccount.read(user)).newEmail).toMatchObject({ email: newEmail })
  expect((await app.sessions.findUser(id))?.email).toBe(email)
  pass(7 * hourMs)
  await app.sessions.findUser(id)
  await app.manageAccount.confirmEmail(token, null)
  expect((await app.sessions.findUser(id))?.email).toBe(newEmail)
  expect(await codeOf(app.manageAccount.confirmEmail(token, null))).toBe('link_dead')
  expect(await app.manageAccount.deadLinkReason(token)).toBe('link_used')
  expect((await mailsTo(email)).map(({ subject }) => subject)).toEqual(['L’adresse de votre accès a changé'])
  expect((await signIn(passphrase, newEmail)).user.email).toBe(newEmail)
})

test('a link for a new address is dead after a day, once given up, and after a newer one', async () => {
  const { app, pass } = accountsApp
  const { user } = await enter()
  await app.manageAccount.askEmail(user, 'first@delvaux.example')
  await app.manageAccount.askEmail(user, newEmail)
  expect(await codeOf(app.manageAccount.confirmEmail(await linkTo('first@delvaux.example'), null))).toBe('link_dead')
  await app.manageAccount.withdrawEmail(user)
  expect(await codeOf(app.manageAccount.confirmEmail(await linkTo(newEmail), null))).toBe('link_dead')
  await app.manageAccount.askEmail(user, newEmail)
  pass(24 * hourMs)
  const late = await linkTo(newEmail, 2)
  expect(await codeOf(app.manageAccount.confirmEmail(late, null))).toBe('link_dead')
  expect(await app.manageAccount.deadLinkReason(late)).toBe('link_expired')
})

test('who asks for an address learns nothing of whose it is; who opens its link does', async () => {
  const { app } = accountsApp
  await accountsApp.addAdmin(newEmail)
  const { user } = await enter()
  expect(await codeOf(app.manageAccount.askEmail(user, newEmail))).toBe('done')
  expect(await codeOf(app.manageAccount.confirmEmail(await linkTo(newEmail), null))).toBe('email_taken')
  expect((await signIn()).user.email).toBe(email)
})

test('somebody closes one of their sessions, or all others, and nobody else’s', async () => {
  const { app } = accountsApp
  const [here, there, elsewhere] = [await enter(), await signIn(), await signIn()]
  await accountsApp.addAdmin(newEmail)
  const stranger = await signIn(passphrase, newEmail)
  expect(await app.sessions.list(here.user)).toHaveLength(3)
  await app.sessions.close(stranger.user, { only: here.session.id })
  expect(await app.sessions.findUser(here.id)).not.toBeNull()
  await app.sessions.close(here.user, { only: there.session.id })
  expect(await app.sessions.findUser(there.id)).toBeNull()
  await app.sessions.close(here.user, { allBut: here.session.id })
  expect(await app.sessions.findUser(elsewhere.id)).toBeNull()
  expect((await app.sessions.list(here.user)).map(({ id }) => id)).toEqual([here.session.id])
  expect(await app.sessions.findUser(stranger.id)).not.toBeNull()
})
