import { TOTP } from 'otpauth'
import { expectAccessible } from '../harness/accessibility.ts'
import { AppServer } from '../harness/app-server.ts'
import { confirmedLongAgo, expect, fillSignIn, keyPage, test } from '../harness/customer.ts'
import { plugIn } from '../pages/authenticator.ts'
import { messages } from '../pages/tl-group-section.ts'

const { account, confirmation, enrolment, secondFactor } = messages

test('a passkey is added, asked for after the password, confirms who one is, and is removed again', async ({
  admin,
  server,
  customer,
}) => {
  await plugIn(admin)
  await admin.goto('/mon-compte/second-facteur')
  await expectAccessible(admin)
  await admin.getByLabel(enrolment.passkeyName).fill('MacBook de l’atelier')
  await admin.getByRole('button', { name: enrolment.addPasskey }).click()
  await expect(admin.getByText(enrolment.codes.title)).toBeVisible()
  await admin.getByRole('link', { name: enrolment.codes.onward }).click()
  await expect(admin.getByRole('listitem').filter({ hasText: 'MacBook de l’atelier' })).toBeVisible()
  await expectAccessible(admin)

  await admin.getByRole('button', { name: messages.shell.signOut }).click()
  await fillSignIn(admin, customer)
  await admin.waitForURL('**/connexion/second-facteur')
  await expectAccessible(admin)
  await admin.goto(keyPage)
  await admin.waitForURL(/\/connexion\/second-facteur\?next=/)
  await admin.getByRole('button', { name: secondFactor.usePasskey }).click()
  await admin.waitForURL(`**${keyPage}`)

  await admin.goto('/mon-compte')
  await confirmedLongAgo(server, customer.email)
  await admin.getByRole('button', { name: `${account.factors.remove} MacBook de l’atelier` }).click()
  const question = admin.getByRole('group', { name: confirmation.title })
  await expectAccessible(admin)
  await question.getByRole('button', { name: confirmation.passkey }).click()
  await expect(admin.getByText(account.factors.missing, { exact: true })).toBeVisible()
})

test.describe('without script', () => {
  test.use({ javaScriptEnabled: false })

  test('whoever must have a factor sets the app up first, and comes in by its code or a recovery code', async ({
    page,
  }) => {
    test.slow()
    const own = await AppServer.open({ REQUIRE_SECOND_FACTOR: 'all' })
    try {
      const user = { email: 'support@pro-plus.example', password: 'quatre mots à la suite' }
      await own.compose(({ createAccounts }) =>
        createAccounts.addUser({ ...user, role: 'support', tenantId: null }, { kind: 'operator' }),
      )
      await page.goto(`${own.url}/connexion`)
      await fillSignIn(page, user)
      await page.waitForURL('**/mon-compte/second-facteur')
      await page.goto(`${own.url}/support?page=2`)
      await page.waitForURL(/\/mon-compte\/second-facteur\?next=/)
      await expect(page.getByRole('button', { name: messages.shell.signOut })).toBeVisible()
      const app = page.getByRole('region', { name: enrolment.app })
      await app.getByLabel(enrolment.code).fill('000000')
      const readSecret = async () => (await app.locator('code').textContent())?.replaceAll(' ', '') ?? ''
      const secret = await readSecret()
      await app.getByRole('button', { name: enrolment.confirm }).click()
      await expect(app.getByText(messages.failures.code_wrong.cause)).toBeVisible()
      expect(await readSecret()).toBe(secret)
      const totp = new TOTP({ secret })
      await app.getByLabel(enrolment.code).fill(totp.generate())
      await app.getByRole('button', { name: enrolment.confirm }).click()
      const [code = ''] = await app.locator('.codes li').allTextContents()
      await app.getByRole('link', { name: enrolment.codes.onward }).click()
      await page.waitForURL('**/support?page=2')

      await page.getByRole('button', { name: messages.shell.signOut }).click()
      await fillSignIn(page, user)
      await page.getByRole('link', { name: secondFactor.useRecovery }).click()
      await page.getByLabel(secondFactor.field.recovery_code).fill(code)
      await page.getByRole('button', { name: secondFactor.submit }).click()
      await page.waitForURL('**/support')
    } finally {
      await own.close()
    }
  })
})
