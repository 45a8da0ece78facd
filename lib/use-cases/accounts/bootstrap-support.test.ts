import { afterEach, beforeEach, expect, test } from 'vitest'
import { type AccountsApp, openAccountsApp, operator, passphrase } from '#lib/testing/app/accounts-app.ts'

const hourMs = 60 * 60 * 1000

let accountsApp: AccountsApp

beforeEach(async () => {
  accountsApp = await openAccountsApp()
})
afterEach(() => accountsApp.close())

const offer = async () => {
  const token = await accountsApp.app.bootstrapSupport.offer()
  if (token === null) throw new Error('no link was offered')
  return token
}

const typed = (token: string, email = 'Sophie@Support.example') => ({
  token,
  email,
  name: 'Sophie',
  password: passphrase,
})

const dead = { code: 'link_dead' }

test('the first support user is created, signed in and journaled; then no link is offered or accepted', async () => {
  const token = await offer()
  const session = await accountsApp.app.bootstrapSupport.create(typed(token))
  const user = await accountsApp.app.sessions.findUser(session.id)
  expect(user).toMatchObject({ role: 'support', email: 'sophie@support.example' })
  expect((await accountsApp.journal()).sort()).toEqual(['session.opened ok', 'user.created ok'])
  expect(await accountsApp.app.bootstrapSupport.offer()).toBeNull()
  expect(await accountsApp.app.bootstrapSupport.isLive(token)).toBe(false)
  await expect(accountsApp.app.bootstrapSupport.create(typed(token, 'eve@x.example'))).rejects.toMatchObject(dead)
})

test('each boot replaces the link', async () => {
  const older = await offer()
  const newer = await offer()
  expect(await accountsApp.app.bootstrapSupport.isLive(older)).toBe(false)
  await expect(accountsApp.app.bootstrapSupport.create(typed(older))).rejects.toMatchObject(dead)
  expect(await accountsApp.app.bootstrapSupport.isLive(newer)).toBe(true)
})

test('a link lives twenty-four hours', async () => {
  const token = await offer()
  accountsApp.pass(24 * hourMs)
  await expect(accountsApp.app.bootstrapSupport.create(typed(token))).rejects.toMatchObject(dead)
})

test('a support user made on the command line kills the link', async () => {
  const token = await offer()
  const account = { email: 'ops@support.example', role: 'support', tenantId: null, password: passphrase } as const
  await accountsApp.app.createAccounts.addUser(account, operator)
  await expect(accountsApp.app.bootstrapSupport.create(typed(token))).rejects.toMatchObject(dead)
})

test('of ten creations at once one is taken', async () => {
  const token = await offer()
  const tries = Array.from({ length: 10 }, (_, turn) =>
    accountsApp.app.bootstrapSupport.create(typed(token, `s${turn}@support.example`)).catch(() => null),
  )
  expect((await Promise.all(tries)).filter((session) => session !== null)).toHaveLength(1)
  expect(await accountsApp.app.store.accounts.countSupport()).toBe(1)
})

test('an address that an admin has is refused by name, and the link lives on', async () => {
  await accountsApp.addAdmin('marie@atelier.example')
  const token = await offer()
  const taken = accountsApp.app.bootstrapSupport.create(typed(token, 'marie@atelier.example'))
  await expect(taken).rejects.toMatchObject({ code: 'email_taken' })
  expect(await accountsApp.app.bootstrapSupport.isLive(token)).toBe(true)
})
