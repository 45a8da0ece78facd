import { randomUUID } from 'node:crypto'
import { readFile } from 'node:fs/promises'
import { expectAccessible } from '../harness/accessibility.ts'
import { enter, expect, test } from '../harness/customer.ts'
import { messages } from '../pages/tl-group-section.ts'

const { users, account, journal } = messages

for (const javaScriptEnabled of [true, false])
  test(`somebody who lost access is erased${javaScriptEnabled ? '' : ' without JavaScript'}, and no file, journal or log keeps a name`, async ({
    browser,
    customer,
    server,
  }) => {
    const name = `Luc ${randomUUID()}`
    const email = `gone-${customer.email}`
    await server.compose(async ({ createAccounts, store }) => {
      const known = await store.accounts.findSignIn(customer.email)
      if (known?.user.role !== 'admin') throw new Error('there is no admin')
      const { tenantId } = known.user
      const password = 'cinq mots choisis par Luc'
      await createAccounts.addUser({ email, name, role: 'reader', tenantId, password }, { kind: 'operator' })
      await createAccounts.disableUser(email, { kind: 'operator' })
    })
    const context = await browser.newContext({ locale: 'fr-BE', javaScriptEnabled })
    const page = await context.newPage()
    await enter(page, server, customer)
    await page.goto(`${server.url}/administratif/utilisateurs`)
    const row = page.getByRole('row').filter({ hasText: name })
    await row.getByText(users.erase.summary).click()
    if (javaScriptEnabled) await expectAccessible(page)
    await row.getByRole('button', { name: users.action.erase }).click()
    await expect(page.getByText(users.erase.done)).toBeVisible()
    await expect(row).toHaveCount(0)
    await page.goto(`${server.url}/administratif/journal`)
    await expect(page.getByText(journal.event.user.erased).first()).toBeVisible()
    await expect(page.getByText(name)).toHaveCount(0)
    for (const word of [name, email]) {
      expect(server.storedBytes().includes(word)).toBe(false)
      expect(server.output()).not.toContain(word)
    }
    await context.close()
  })

test('what is kept of a person leaves as a file, without their password', async ({ admin, customer }) => {
  await admin.goto('/mon-compte')
  await expectAccessible(admin)
  const [file] = await Promise.all([
    admin.waitForEvent('download'),
    admin.getByRole('link', { name: account.data.export }).click(),
  ])
  const text = await readFile(await file.path(), 'utf8')
  expect(JSON.parse(text)).toMatchObject({ users: [{ email: customer.email }] })
  expect(text).not.toContain('argon2')
})
