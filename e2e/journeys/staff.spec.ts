import { TOTP } from 'otpauth'
import { AppServer } from '../harness/app-server.ts'
import { expect, fillSignIn, test } from '../harness/customer.ts'
import { messages } from '../pages/tl-group-section.ts'

const { users, enrolment, staff } = messages

const person = (name: string) => ({
  email: `${name.toLowerCase()}@pro-plus.example`,
  name,
  password: 'quatre mots à la suite',
})

for (const javaScriptEnabled of [true, false])
  test(`support takes a lost factor away, erases a colleague who left, and the last one stays${javaScriptEnabled ? '' : ', without JavaScript'}`, async ({
    browser,
  }) => {
    test.slow()
    const own = await AppServer.open({ REQUIRE_SECOND_FACTOR: 'none' })
    const [anne, paul] = [person('Anne'), person('Paul')]
    const enter = async (who: typeof anne) => {
      const page = await (await browser.newContext({ locale: 'fr-BE', javaScriptEnabled })).newPage()
      await page.goto(`${own.url}/connexion`)
      await fillSignIn(page, who)
      await page.waitForURL('**/support')
      return page
    }
    try {
      await own.compose(async ({ createAccounts }) => {
        for (const who of [anne, paul])
          await createAccounts.addUser({ ...who, role: 'support', tenantId: null }, { kind: 'operator' })
      })
      const lost = await enter(paul)
      await lost.goto(`${own.url}/mon-compte/second-facteur`)
      const app = lost.getByRole('region', { name: enrolment.app })
      const secret = (await app.locator('code').textContent())?.replaceAll(' ', '') ?? ''
      await app.getByLabel(enrolment.code).fill(new TOTP({ secret }).generate())
      await app.getByRole('button', { name: enrolment.confirm }).click()
      await expect(app.getByRole('link', { name: enrolment.codes.onward })).toBeVisible()

      const page = await enter(anne)
      await page.goto(`${own.url}/support/utilisateurs`)
      await expect(page.getByRole('heading', { level: 1, name: staff.title })).toBeVisible()
      const row = (name: string) => page.getByRole('row').filter({ hasText: name })
      await row(paul.name).getByRole('button', { name: users.action.reset_factor }).click()
      await expect(page.getByText(users.done.factor_reset)).toBeVisible()
      await lost.goto(`${own.url}/support`)
      await lost.waitForURL(/\/connexion/)
      await fillSignIn(lost, paul)
      await lost.waitForURL('**/support')

      await row(paul.name).getByRole('button', { name: users.action.deactivate }).click()
      await expect(row(paul.name)).toContainText(users.states.deactivated)
      await row(paul.name).getByText(users.erase.summary).click()
      await row(paul.name).getByRole('button', { name: users.action.erase }).click()
      await expect(page.getByText(users.erase.done)).toBeVisible()
      await expect(row(paul.name)).toHaveCount(0)
      await expect(row(anne.name).getByRole('button')).toHaveCount(0)
      for (const one of [lost, page]) await one.context().close()
    } finally {
      await own.close()
    }
  })
