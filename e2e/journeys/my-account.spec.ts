import { randomUUID } from 'node:crypto'
import { expectAccessible } from '../harness/accessibility.ts'
import { confirmedLongAgo, expect, fillSignIn, newAdmin, sessionCookieOf, test } from '../harness/customer.ts'
import { messages } from '../pages/tl-group-section.ts'

const { account, confirmation, newEmail } = messages

test('an admin moves to a new address, confirmed by its link, and closes other sessions but the confirmed one', async ({
  admin,
  server,
  customer,
  mails,
}) => {
  await sessionCookieOf(server, customer)
  await admin.goto('/mon-compte')
  await expectAccessible(admin)
  const address = `${randomUUID()}@delvaux.example`
  await admin.getByLabel(account.email).fill(address)
  await admin.getByLabel('Nederlands').check()
  await admin.getByRole('button', { name: account.save }).click()
  await expect(admin.getByText(address)).toBeVisible()
  await expect(admin.locator('html')).toHaveAttribute('lang', 'nl')
  const [mail] = await mails.mailsTo(address)
  const link = mail?.text.match(/https?:\S+\/adresse\/\S+/)?.[0] ?? ''
  await admin.goto(link)
  await admin.getByRole('button').first().click()
  await expect(admin.getByRole('link', { name: 'Mijn account openen' })).toBeVisible()
  await admin.goto('/mon-compte')
  await expect(admin.locator('#email')).toHaveValue(address)
  await confirmedLongAgo(server, address)
  await admin.getByRole('button', { name: 'Alle andere sluiten' }).click()
  const question = admin.getByRole('group', { name: 'Bevestig dat u het bent' })
  await question.getByLabel('Uw wachtwoord').fill(customer.password)
  await question.getByRole('button', { name: 'Bevestigen' }).click()
  await expect(admin.getByText('Deze sessie')).toBeVisible()
  await expect(admin.getByRole('button', { name: 'Alle andere sluiten' })).toBeHidden()
  expect(newEmail.done).toBe('Adresse confirmée')
})

test.describe('without script', () => {
  test.use({ javaScriptEnabled: false })

  test('a role changes after « Confirmez que c’est vous », by the button that was pressed, and the session has a new id', async ({
    admin,
    server,
    customer,
    context,
  }) => {
    const colleague = await newAdmin(server, customer.tenantId)
    await confirmedLongAgo(server, customer.email)
    await admin.goto('/administratif/utilisateurs')
    const row = admin.getByRole('row').filter({ hasText: colleague.email })
    await row.getByRole('button', { name: messages.users.action.to_reader }).click()
    const question = row.getByRole('group', { name: confirmation.title })
    await question.getByLabel(confirmation.password).fill('not the password')
    await question.getByRole('button', { name: confirmation.submit }).click()
    await expect(question.getByText(messages.failures.confirmation_wrong.cause)).toBeVisible()
    const before = await context.cookies()
    await question.getByLabel(confirmation.password).fill(customer.password)
    // the second press goes before the first is answered
    await question.getByRole('button', { name: confirmation.submit }).dblclick()
    await expect(row.getByRole('cell', { name: messages.users.roles.reader, exact: true })).toBeVisible()
    await expect(question).toBeHidden()
    await admin.goto('/mon-compte')
    await expect(admin.getByText(account.thisSession)).toBeVisible()
    await context.addCookies(before)
    await admin.goto('/mon-compte')
    await admin.waitForURL(/\/connexion/)
  })
})

test('a password is changed by the current one', async ({ admin, customer }) => {
  await admin.goto('/mon-compte')
  const password = 'six mots que personne ne devine'
  await admin.getByLabel(account.currentPassword).fill(customer.password)
  await admin.getByLabel(account.newPassword).fill('password1234')
  await admin.getByLabel(messages.newAccess.passwordAgain).fill('password1234')
  await admin.getByRole('button', { name: account.changePassword }).click()
  await expect(admin.getByText(messages.failures.password_weak.fix)).toBeVisible()
  await admin.getByLabel(account.newPassword).fill(password)
  await admin.getByLabel(messages.newAccess.passwordAgain).fill(password)
  await admin.getByRole('button', { name: account.changePassword }).click()
  await expect(admin.getByText(account.passwordChanged)).toBeVisible()
  await admin.getByRole('button', { name: messages.shell.signOut }).click()
  await fillSignIn(admin, { email: customer.email, password })
  await admin.waitForURL('**/administratif/cle-de-securite')
})
