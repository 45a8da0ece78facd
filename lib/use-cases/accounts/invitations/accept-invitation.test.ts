import { afterEach, beforeEach, expect, test } from 'vitest'
import { type AccountsApp, openAccountsApp, operator, passphrase } from '#lib/testing/app/accounts-app.ts'

const email = 'marie@atelier.example'
const dayMs = 24 * 60 * 60 * 1000

let accountsApp: AccountsApp

beforeEach(async () => {
  accountsApp = await openAccountsApp()
})
afterEach(() => accountsApp.close())

const invite = async () => {
  const { token, tenantId } = await accountsApp.addAdmin(email, null)
  if (token === null) throw new Error('no link')
  return { token, tenantId }
}

const typed = (token: string) => ({ token, name: ' Marie Delvaux ', password: passphrase })

test('an invitation tells whom it is for, and reading it changes nothing', async () => {
  const { token } = await invite()
  const holder = { email, name: 'marie', tenantName: 'Atelier Delvaux SRL' }
  expect(await accountsApp.app.acceptInvitation.read(token)).toMatchObject(holder)
  expect(await accountsApp.app.acceptInvitation.read(token)).toMatchObject(holder)
})

test('accepting makes the user, signs in, and is journaled', async () => {
  const { token } = await invite()
  expect(await accountsApp.app.store.accounts.findSignIn(email)).toBeNull()
  const session = await accountsApp.app.acceptInvitation.enter(typed(token))
  expect(session.role).toBe('admin')
  expect(await accountsApp.app.sessions.findUser(session.id)).toMatchObject({ name: 'Marie Delvaux', email })
  expect(await accountsApp.journal()).toEqual([
    'tenant.created ok',
    'user.invited ok',
    ...['user.activated ok', 'session.opened ok'].sort((a, b) => (a < b ? 1 : -1)),
  ])
})

test.each(['password1234', 'atelier-delvaux-2026', 'MarieDelvaux12', 'porte-cles-2026'])(
  'the password %o is refused, and the link is good for a better one',
  async (password) => {
    const { token } = await invite()
    const attempt = accountsApp.app.acceptInvitation.enter({ ...typed(token), password })
    await expect(attempt).rejects.toMatchObject({ code: 'password_weak' })
    expect((await accountsApp.app.acceptInvitation.enter(typed(token))).role).toBe('admin')
  },
)

test('of twenty acceptances at once one is taken, and the link is dead then', async () => {
  const { token } = await invite()
  const tries = Array.from({ length: 20 }, () => accountsApp.app.acceptInvitation.enter(typed(token)).catch(() => null))
  expect((await Promise.all(tries)).filter((session) => session !== null)).toHaveLength(1)
  expect(await accountsApp.app.acceptInvitation.read(token)).toBeNull()
  await expect(accountsApp.app.acceptInvitation.enter(typed(token))).rejects.toMatchObject({ code: 'link_used' })
})

test('a link lives seven days', async () => {
  const { token } = await invite()
  accountsApp.pass(7 * dayMs - 1)
  expect(await accountsApp.app.acceptInvitation.read(token)).not.toBeNull()
  accountsApp.pass(1)
  expect(await accountsApp.app.acceptInvitation.read(token)).toBeNull()
  await expect(accountsApp.app.acceptInvitation.enter(typed(token))).rejects.toMatchObject({ code: 'link_expired' })
})

test('a newer invitation kills the older one', async () => {
  const { token, tenantId } = await invite()
  const newer = await accountsApp.app.createAccounts.addUser(
    { email, role: 'admin', tenantId, password: null },
    operator,
  )
  expect(await accountsApp.app.acceptInvitation.read(token)).toBeNull()
  await expect(accountsApp.app.acceptInvitation.enter(typed(token))).rejects.toMatchObject({ code: 'link_dead' })
  expect(await accountsApp.app.acceptInvitation.read(newer.token ?? '')).not.toBeNull()
})

test('whoever has an account already reads so after following the link, and keeps what they have', async () => {
  const { token } = await invite()
  const elsewhere = await accountsApp.addAdmin(email)
  expect(await accountsApp.app.acceptInvitation.read(token)).toMatchObject({ hasAccount: true })
  const taken = { code: 'account_exists' }
  await expect(accountsApp.app.acceptInvitation.enter(typed(token))).rejects.toMatchObject(taken)
  await expect(accountsApp.app.acceptInvitation.confirmName(token, 'Marie', null)).rejects.toMatchObject(taken)
  expect(await accountsApp.app.store.accounts.findSignIn(email)).toMatchObject({
    user: { tenantId: elsewhere.tenantId },
  })
  const again = accountsApp.app.createAccounts.addUser(
    { email, role: 'support', tenantId: null, password: null },
    operator,
  )
  await expect(again).rejects.toMatchObject({ code: 'email_taken' })
})

test('the token itself is stored nowhere', async () => {
  const { token } = await invite()
  const rows = await accountsApp.db.q.select().from(accountsApp.db.tables.invitations)
  expect(JSON.stringify(rows)).not.toContain(token)
})
