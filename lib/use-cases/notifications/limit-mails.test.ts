import { afterAll, afterEach, beforeAll, beforeEach, expect, test } from 'vitest'
import type { Admin } from '#lib/domain/accounts/user.ts'
import { mailLimits } from '#lib/domain/notifications/mail-limits.ts'
import { type AccountsApp, openAccountsApp, operator, passphrase } from '#lib/testing/app/accounts-app.ts'
import { type MailServer, startMailServer } from '#lib/testing/servers/mail-server.ts'

const guest = { email: 'guest@elsewhere.example', name: 'A Guest', role: 'reader' } as const

let mail: MailServer
let accountsApp: AccountsApp
let marie: Admin

beforeAll(async () => {
  mail = await startMailServer()
})
beforeEach(async () => {
  mail.received.length = 0
  accountsApp = await openAccountsApp(mail.settings)
  await accountsApp.addAdmin('marie@atelier.example')
  const found = await accountsApp.app.store.accounts.findSignIn('marie@atelier.example')
  if (found?.user.role !== 'admin') throw new Error('no admin')
  marie = found.user
})
afterEach(() => accountsApp.close())
afterAll(() => mail.close())

const codeOf = (work: Promise<unknown>) =>
  work.then(
    () => 'sent',
    (error: unknown) => (error as { code: string }).code,
  )

const listed = async (email: string) => {
  const user = (await accountsApp.app.manageUsers.list(marie)).find((one) => one.email === email)
  if (!user) throw new Error('not listed')
  return user
}

const invite = (n: number, by = marie) =>
  codeOf(accountsApp.app.inviteUsers.invite(by, { ...guest, email: `guest${n}@elsewhere.example` }))

const forget = async (email: string) =>
  codeOf(accountsApp.app.requestPasswordReset.request(email, null).then((rest) => rest()))

/** Another admin of Marie's tenant. */
const colleague = async (email: string): Promise<Admin> => {
  const account = { email, role: 'admin', tenantId: marie.tenantId, password: passphrase } as const
  const { userId } = await accountsApp.app.createAccounts.addUser(account, operator)
  return { ...marie, id: userId, email }
}

test('one address is sent three an hour, whoever asks; what is refused leaves the last link alive', async () => {
  await accountsApp.app.inviteUsers.invite(marie, guest)
  const again = async () => codeOf(accountsApp.app.inviteUsers.again(marie, await listed(guest.email)))
  expect(await Promise.all([await again(), await again()])).toEqual(['sent', 'sent'])
  const refused = await Promise.all(Array.from({ length: 10 }, again))
  expect(new Set(refused)).toEqual(new Set(['mails_throttled']))
  const mails = await mail.mailsTo(guest.email, 3)
  expect(mails).toHaveLength(3)
  const token = mails.at(-1)?.text.match(/invitation\/([\w-]+)/)?.[1] ?? ''
  expect(await accountsApp.app.acceptInvitation.read(token)).toMatchObject({ email: guest.email })
  accountsApp.pass(mailLimits.recipient.windowMs)
  expect(await again()).toBe('sent')
})

test('one person triggers twenty an hour; a colleague is not kept from it', async () => {
  for (let n = 0; n < mailLimits.sender.limit; n += 1) expect(await invite(n)).toBe('sent')
  const late = accountsApp.app.inviteUsers.invite(marie, guest)
  await expect(late).rejects.toMatchObject({ code: 'mails_throttled', evidence: { retryAfterS: 3600 } })
  expect((await accountsApp.app.manageUsers.list(marie)).map(({ email }) => email)).not.toContain(guest.email)
  expect(await invite(99, await colleague('luc@atelier.example'))).toBe('sent')
})

test('one tenant triggers fifty a day; another is not kept from it', async () => {
  const [bucket, at] = [`mail:tenant:${marie.tenantId}`, accountsApp.app.clock.now()]
  const rows = Array.from({ length: mailLimits.tenant.limit }, (_, n) => ({ id: `${n}`, bucket, at }))
  await accountsApp.db.q.insert(accountsApp.db.tables.throttleLog).values(rows)
  expect(await invite(1)).toBe('mails_throttled')
  await accountsApp.addAdmin('anne@bois.example')
  const other = await accountsApp.app.store.accounts.findSignIn('anne@bois.example')
  expect(await invite(2, other?.user as Admin)).toBe('sent')
  accountsApp.pass(mailLimits.tenant.windowMs)
  expect(await invite(3)).toBe('sent')
})

test('what comes to no mail does not count', async () => {
  await invite(1)
  for (let turn = 0; turn < 30; turn += 1) expect(await invite(1)).toBe('user_known')
  for (let n = 2; n <= mailLimits.sender.limit; n += 1) expect(await invite(n)).toBe('sent')
})

test('no number of requests for links closes resets for somebody else', async () => {
  const [bucket, at] = ['password:everyone', accountsApp.app.clock.now()]
  const rows = Array.from({ length: 299 }, (_, n) => ({ id: `${n}`, bucket, at }))
  await accountsApp.db.q.insert(accountsApp.db.tables.throttleLog).values(rows)
  expect(await forget('nobody@elsewhere.example')).toBe('sent')
  expect(await forget(marie.email)).toBe('sent')
  expect(await mail.mailsTo(marie.email)).toHaveLength(1)
})

test('requests of a visitor for an address nobody has keep no admin from inviting it', async () => {
  for (let turn = 0; turn < 3; turn += 1) expect(await forget(guest.email)).toBe('sent')
  expect(await forget(guest.email)).toBe('requests_throttled')
  expect(await codeOf(accountsApp.app.inviteUsers.invite(marie, guest))).toBe('sent')
})
