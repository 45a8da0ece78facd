import { expect, onTestFinished, test } from 'vitest'
import { openAccountsApp, operator, passphrase } from '#lib/testing/app/accounts-app.ts'

const oidc = { OIDC_ISSUER: 'https://id.example', OIDC_CLIENT_ID: 'cles', OIDC_CLIENT_SECRET: 'hunter2' }
const email = 'marie@atelier.example'
const right = { email, password: passphrase, ip: null }
const from = { ip: null, device: null }

const open = async () => {
  const accountsApp = await openAccountsApp({ ...oidc, PASSWORD_SIGN_IN: 'off' })
  onTestFinished(accountsApp.close)
  return accountsApp
}

test('passwords open sessions until somebody of support has come in through the company, and not after', async () => {
  const { app, addAdmin } = await open()
  await addAdmin(email)
  const support = { email: 'support@pro-plus.example', role: 'support', tenantId: null, password: passphrase } as const
  await app.createAccounts.addUser(support, operator)
  expect((await app.signIn.begin(right)).user.email).toBe(email)
  const admin = { issuer: oidc.OIDC_ISSUER, subject: 'marie', verifiedEmail: email }
  await app.signInWithOidc.begin(admin, from)
  expect((await app.signIn.begin(right)).user.email).toBe(email)
  await app.signInWithOidc.begin({ ...admin, subject: 'support', verifiedEmail: support.email }, from)
  await expect(app.signIn.begin(right)).rejects.toMatchObject({ code: 'password_sign_in_off' })
})

test('a link then confirms the name, once, and sets no password', async () => {
  const { app, addAdmin, db } = await open()
  const support = { email: 'support@pro-plus.example', role: 'support', tenantId: null, password: passphrase } as const
  await app.createAccounts.addUser(support, operator)
  const identity = { issuer: oidc.OIDC_ISSUER, subject: 'support', verifiedEmail: support.email }
  await app.signInWithOidc.begin(identity, from)
  const { token } = await addAdmin(email, null)
  const typed = { token: token ?? '', name: 'Marie', password: passphrase }
  await expect(app.acceptInvitation.enter(typed)).rejects.toMatchObject({ code: 'password_sign_in_off' })
  await app.acceptInvitation.confirmName(token ?? '', ' Marie Delvaux ', null)
  await expect(app.acceptInvitation.confirmName(token ?? '', 'Luc', null)).rejects.toMatchObject({ code: 'link_used' })
  const users = await db.q.select().from(db.tables.users)
  expect(users.find((user) => user.email === email)).toMatchObject({ name: 'Marie Delvaux', passwordHash: null })
})
