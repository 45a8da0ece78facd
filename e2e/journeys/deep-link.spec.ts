import { expect, fillSignIn, keyPage, test } from '../harness/customer.ts'
import { newSupporter } from '../pages/support.ts'
import { messages } from '../pages/tl-group-section.ts'

const usersPath = '/administratif/utilisateurs'
const journalPath = '/administratif/journal?show=alerts&outcome=failed'

for (const javaScriptEnabled of [true, false])
  test.describe(javaScriptEnabled ? 'with JavaScript' : 'without JavaScript', () => {
    test.use({ javaScriptEnabled })

    test('whoever opens a page signed out finds it behind the sign-in', async ({ page, server, customer }) => {
      await page.goto(journalPath)
      await fillSignIn(page, { ...customer, password: 'not the password' })
      await expect(page.getByText(messages.failures.credentials_wrong.cause)).toBeVisible()
      await fillSignIn(page, customer)
      await page.waitForURL(`${server.url}${journalPath}`)
      await expect(page.getByRole('heading', { level: 1, name: messages.journal.title })).toBeVisible()
      await page.goto(`/connexion?next=${encodeURIComponent(usersPath)}`)
      await page.waitForURL(`${server.url}${usersPath}`)
    })

    test('another site’s address, or a page that is none, leads home', async ({ page, server, customer }) => {
      for (const next of ['//evil.example/', '/\\evil.example', 'https://evil.example/', '/oauth/callback?code=x']) {
        await page.goto(`/connexion?next=${encodeURIComponent(next)}`)
        await fillSignIn(page, customer)
        await page.waitForURL(`${server.url}${keyPage}`)
        await page.context().clearCookies()
      }
    })
  })

test('a session that ended in the middle of work leads back to that work', async ({ page, server, customer }) => {
  await page.goto(usersPath)
  await fillSignIn(page, customer)
  await page.waitForURL(`${server.url}${usersPath}`)
  await page.context().clearCookies()
  const form = page.getByRole('region', { name: messages.users.invite })
  await form.getByLabel(messages.users.email).fill('luc@atelier-delvaux.example')
  await form.getByLabel(messages.users.name, { exact: true }).fill('Luc')
  await form.getByRole('button', { name: messages.users.submit }).click()
  await page.getByRole('link', { name: messages.failures.session_ended.action }).click()
  await fillSignIn(page, customer)
  await page.waitForURL(`${server.url}${usersPath}`)
})

test('support finds the customer of a link behind the sign-in; a customer finds no page there', async ({
  page,
  server,
  customer,
}) => {
  const tenantPage = `/support/${customer.tenantId}`
  await page.goto(tenantPage)
  await fillSignIn(page, await newSupporter(server))
  await page.waitForURL(`${server.url}${tenantPage}`)
  await expect(page.getByRole('heading', { level: 1 })).toContainText('Atelier')
  await page.context().clearCookies()
  await page.goto(tenantPage)
  await fillSignIn(page, customer)
  await expect(page.getByText(messages.notFound.lede)).toBeVisible()
})
