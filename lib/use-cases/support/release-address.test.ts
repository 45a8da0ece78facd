import { afterEach, beforeEach, expect, test } from 'vitest'
import { Failure } from '#lib/domain/failure.ts'
import { type AccountsApp, openAccountsApp, operator, passphrase } from '#lib/testing/app/accounts-app.ts'

const email = 'marie@atelier.example'

let accountsApp: AccountsApp

beforeEach(async () => {
  accountsApp = await openAccountsApp()
})
afterEach(() => accountsApp.close())

const codeOf = (attempt: Promise<unknown>) =>
  attempt.then(
    () => 'done',
    (error: unknown) => (error instanceof Failure ? error.code : error),
  )

const supporter = async () => {
  const account = { email: 'support@pro-plus.example', role: 'support', tenantId: null, password: passphrase } as const
  await accountsApp.app.createAccounts.addUser(account, operator)
  const found = await accountsApp.app.store.accounts.findSignIn(account.email)
  if (found?.user.role !== 'support') throw new Error('no support')
  return found.user
}

test('the address of somebody deactivated is free once it is released, for another customer, and opens nothing before', async () => {
  const { app, addAdmin, disable } = accountsApp
  const support = await supporter()
  const first = await addAdmin(email)
  expect(await codeOf(app.releaseAddress(support, first.tenantId, first.userId))).toBe('user_changed')
  await disable(email)
  const other = await addAdmin('luc@bois.example')
  expect(await codeOf(addAdmin(email))).toBe('email_taken')
  expect(await codeOf(app.releaseAddress(support, other.tenantId, first.userId))).toBe('user_changed')
  await app.releaseAddress(support, first.tenantId, first.userId)
  expect(await codeOf(app.releaseAddress(support, first.tenantId, first.userId))).toBe('user_changed')
  const again = await addAdmin(email)
  expect(again.userId).not.toBe(first.userId)
  expect((await app.signIn.begin({ email, password: passphrase, ip: null })).user.id).toBe(again.userId)
  expect(await accountsApp.journal()).toContain('email.released ok')
})
