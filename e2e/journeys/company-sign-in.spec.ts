import { randomUUID } from 'node:crypto'
import type { Page } from '@playwright/test'
import { asc, eq } from 'drizzle-orm'
import type { Claims } from '../../lib/testing/servers/openid-provider.ts'
import { expectAccessible } from '../harness/accessibility.ts'
import type { AppServer } from '../harness/app-server.ts'
import { expect, keyPage, test } from '../harness/customer.ts'
import { consent, expectState, leave, messages, signInAtTeamleader } from '../pages/tl-group-section.ts'

const addPending = (page: Page) => page.getByRole('button', { name: "Se connecter avec l'entreprise" }).click()

const enterAs = async (page: Page, subject: string) => {
  await page.getByLabel('Identifiant').fill(subject)
  await page.getByRole('button', { name: 'Entrer' }).click()
}

/** From the button to what the sign-in comes to, as nobody the provider remembers. */
const signInAs = async (page: Page, subject: string) => {
  await page.context().clearCookies({ domain: '127.0.0.1' })
  await page.goto('/connexion')
  await addPending(page)
  await enterAs(page, subject)
}

const reported = async (page: Page, code: keyof typeof messages.failures) => {
  await page.waitForURL('**/connexion')
  await expect(page.getByText(messages.failures[code].cause)).toBeVisible()
  await expect(page.getByText(messages.failures[code].fix)).toBeVisible()
}

const disable = (server: AppServer, email: string) =>
  server.inDatabase(async ({ q, tables: { users } }) => {
    await q.update(users).set({ disabledAt: new Date() }).where(eq(users.email, email))
  })

/** What the journal tells of sign-ins through the provider, by user where one is known. */
const signIns = (server: AppServer, email: string) =>
  server.inDatabase(async ({ q, tables: { journal, users } }) => {
    const [user] = await q.select().from(users).where(eq(users.email, email))
    const entries = await q.select().from(journal).orderBy(asc(journal.at), asc(journal.id))
    return entries
      .filter(({ userId, detail }) => userId === user?.id || detail.userId === user?.id)
      .filter(({ detail }) => detail.by === 'oidc')
      .map(({ event, outcome, detail }) => [event, outcome, detail.identityBound === true])
  })

test('the company lets the user in, binds whom it names, and knows them by their number from then on', async ({
  page,
  customer,
  server,
  provider,
}) => {
  const subject = randomUUID()
  provider.setClaims(subject, { email: customer.email.toUpperCase(), email_verified: true })
  await page.goto('/connexion')
  await expectAccessible(page)
  await addPending(page)
  await enterAs(page, subject)
  await page.waitForURL(`${server.url}${keyPage}`)
  const left = (await page.context().cookies(server.url)).map(({ name }) => name)
  expect(left.filter((name) => /state|pkce|nonce/.test(name))).toEqual([])
  expect(left).toContain('porte-cles-known')
  await page.getByRole('button', { name: messages.shell.signOut }).click()
  await page.waitForURL(`${server.url}/connexion`)
  provider.setClaims(subject, { email: 'another@atelier-delvaux.example', email_verified: true })
  await page.context().clearCookies({ domain: '127.0.0.1' })
  await page.goto('/administratif/journal?show=sign_ins')
  await addPending(page)
  await enterAs(page, subject)
  await page.waitForURL(`${server.url}/administratif/journal?show=sign_ins`)
  expect(await signIns(server, customer.email)).toEqual([
    ['session.opened', 'ok', true],
    ['session.opened', 'ok', false],
  ])
  await disable(server, customer.email)
  await page.reload()
  await page.waitForURL(/\/connexion\?next=/)
  await signInAs(page, subject)
  await reported(page, 'oidc_user_disabled')
  await expectAccessible(page)
})

test('a code that came back before the sign-in is finished after it', async ({
  admin,
  customer,
  server,
  provider,
  context,
}) => {
  const subject = randomUUID()
  provider.setClaims(subject, { email: customer.email, email_verified: true })
  await leave(admin, customer)
  const session = (await context.cookies()).find(({ name }) => name.includes('porte-cles-session'))
  await context.clearCookies({ name: session?.name ?? '' })
  await signInAtTeamleader(admin)
  await consent(admin)
  await admin.waitForURL(`${server.url}/connexion`)
  await addPending(admin)
  await enterAs(admin, subject)
  await admin.waitForURL(`${server.url}${keyPage}`)
  await expectState(admin, 'connected', 'Success')
})

test.describe('without JavaScript', () => {
  test.use({ javaScriptEnabled: false })

  test('whoever may not enter is told why, each in a sentence of its own', async ({
    page,
    customer,
    server,
    provider,
  }) => {
    const verified = { email: customer.email, email_verified: true }
    const refusals: [keyof typeof messages.failures, Claims][] = [
      ['oidc_email_unverified', { ...verified, email_verified: false }],
      ['oidc_email_unverified', {}],
      ['oidc_user_unknown', { ...verified, email: 'nobody@atelier-delvaux.example' }],
    ]
    for (const [code, claims] of refusals) {
      const unknownSubject = randomUUID()
      provider.setClaims(unknownSubject, claims)
      await signInAs(page, unknownSubject)
      await reported(page, code)
    }
    const [marie, namesake] = [randomUUID(), randomUUID()]
    provider.setClaims(marie, verified)
    provider.setClaims(namesake, verified)
    await signInAs(page, marie)
    await page.waitForURL(`${server.url}${keyPage}`)
    await expect(page.getByText(messages.failures.oidc_user_unknown.cause)).toHaveCount(0)
    await page.getByRole('button', { name: messages.shell.signOut }).click()
    await signInAs(page, namesake)
    await reported(page, 'oidc_other_identity')
    expect(await signIns(server, customer.email)).toEqual([
      ['session.opened', 'ok', true],
      ['session.refused', 'oidc_other_identity', false],
    ])
  })

  test('a refusal there, a stray return and a provider that is down are told', async ({ page, provider }) => {
    await page.goto('/connexion')
    await addPending(page)
    await page.getByRole('button', { name: 'Refuser' }).click()
    await reported(page, 'oidc_refused')
    await page.context().clearCookies()
    await page.goto('/api/auth/callback/oidc?code=stray&state=stray')
    await reported(page, 'oidc_interrupted')
    provider.muteTokens(true)
    await signInAs(page, randomUUID())
    await reported(page, 'oidc_unavailable')
    provider.muteTokens(false)
    await provider.stop()
    await page.getByLabel('Adresse e-mail').fill('marie@atelier-delvaux.example')
    await addPending(page)
    await expect(page.getByText(messages.failures.oidc_unavailable.cause)).toHaveCount(1)
    await expect(page.getByLabel('Adresse e-mail')).toHaveValue('marie@atelier-delvaux.example')
    await provider.start()
  })
})
