import { randomUUID } from 'node:crypto'
import type { Page } from '@playwright/test'
import { eq } from 'drizzle-orm'
import { TOTP } from 'otpauth'
import { confirmedLongAgo, enter, expect, newAdmin, sessionCookieOf, test } from '../harness/customer.ts'
import { plugIn } from '../pages/authenticator.ts'
import { Keyboard } from '../pages/keyboard.ts'
import { newSupporter } from '../pages/support.ts'
import { messages } from '../pages/tl-group-section.ts'
import { refreshed } from './stage.ts'

/** What people and support do, by keyboard alone. */

const { account, confirmation, console: support, enrolment, firstAdmin, journal, newTenant, users } = messages
const { archived, customer: whole, many, note, released, tenant } = support

const button = (page: Page, name: string | RegExp) => page.getByRole('button', { name })
const link = (page: Page, name: string | RegExp) => page.getByRole('link', { name })

test('« Mon compte » by keyboard alone', async ({ admin: page, server, customer }) => {
  await plugIn(page)
  for (let others = 0; others < 3; others += 1) await sessionCookieOf(server, customer)
  const keyboard = new Keyboard(page)
  await page.goto('/mon-compte')

  // name, language, clock
  await keyboard.type(page.getByLabel(account.name, { exact: true }), 'Marie Delvaux')
  await keyboard.reach(page.getByLabel('Français'))
  await page.keyboard.press('ArrowRight')
  await expect(page.getByLabel('Nederlands')).toBeChecked()
  await page.keyboard.press('ArrowLeft')
  await keyboard.reach(page.getByLabel(account.timeZone))
  await page.keyboard.press('ArrowDown')
  await keyboard.press(button(page, account.save), page.getByText(account.saved))

  // address
  const address = `new-${customer.email}`
  await keyboard.type(page.getByLabel(account.email), address)
  await keyboard.press(button(page, account.save), page.getByText(address))
  await keyboard.press(button(page, account.withdraw), 'gone', 'Space')
  await expect(page.getByText(address)).toHaveCount(0)

  // the app
  await keyboard.follow(link(page, account.factors.install))
  const app = page.getByRole('region', { name: enrolment.app })
  const secret = (await app.locator('code').textContent())?.replaceAll(' ', '') ?? ''
  await keyboard.type(app.getByLabel(enrolment.code), new TOTP({ secret }).generate())
  await keyboard.press(button(page, enrolment.confirm), app.locator('.codes'))
  await keyboard.take(app.getByRole('link', { name: enrolment.codes.download }))
  await keyboard.follow(app.getByRole('link', { name: enrolment.codes.onward }))

  // a passkey
  await keyboard.follow(link(page, account.factors.addPasskey))
  await keyboard.type(page.getByLabel(enrolment.passkeyName), 'MacBook')
  await keyboard.press(button(page, enrolment.addPasskey), page.getByText(enrolment.codes.added))
  await keyboard.follow(link(page, enrolment.codes.onward))

  // recovery codes, then no factor any more, confirmed in both ways
  await keyboard.press(button(page, account.factors.renew), page.locator('.codes'))
  await confirmedLongAgo(server, customer.email)
  const question = page.getByRole('group', { name: confirmation.title })
  await keyboard.press(button(page, `${account.factors.remove} MacBook`), question)
  await keyboard.press(question.getByRole('button', { name: confirmation.passkey }), 'gone')
  await confirmedLongAgo(server, customer.email)
  await keyboard.press(button(page, account.factors.remove), question, 'Space')
  await keyboard.type(question.getByLabel(confirmation.password), customer.password)
  await keyboard.press(
    question.getByRole('button', { name: confirmation.submit }),
    page.getByText(account.factors.missing, { exact: true }),
  )

  // sessions, what is kept, and the password
  const closing = page.getByRole('button', { name: new RegExp(`^${account.close} `) })
  const before = await closing.count()
  await keyboard.press(closing.first(), 'gone')
  await expect(closing).toHaveCount(before - 1)
  await keyboard.press(button(page, account.closeOthers), 'gone')
  await expect(closing).toHaveCount(0)
  await keyboard.take(link(page, account.data.export))
  await keyboard.type(page.getByLabel(account.currentPassword), customer.password)
  await keyboard.type(page.getByLabel(account.newPassword), 'six mots que personne ne devine')
  await keyboard.type(page.getByLabel(messages.newAccess.passwordAgain), 'six mots que personne ne devine')
  await keyboard.press(button(page, account.changePassword), page.getByText(account.passwordChanged))
})

test('« Utilisateurs » by keyboard alone', async ({ admin: page, server, customer }) => {
  const colleague = await newAdmin(server, customer.tenantId)
  const gone = { name: 'Luc Peeters', email: `gone-${customer.email}`, password: 'cinq mots choisis par Luc' }
  await server.compose(async ({ createAccounts }) => {
    const operator = { kind: 'operator' } as const
    await createAccounts.addUser({ ...gone, role: 'reader', tenantId: customer.tenantId }, operator)
    await createAccounts.disableUser(gone.email, operator)
  })
  const keyboard = new Keyboard(page)
  await page.goto('/administratif/utilisateurs')
  const invite = page.getByRole('region', { name: users.invite })
  const guest = `guest-${customer.email}`
  await keyboard.type(invite.getByLabel(users.email), guest)
  await keyboard.type(invite.getByLabel(users.name, { exact: true }), 'Joséphine Claes')
  await keyboard.press(invite.getByRole('button', { name: users.submit }), page.getByText(users.done.invited))
  const row = (text: string) => page.getByRole('row').filter({ hasText: text })
  await keyboard.press(row(guest).getByRole('button', { name: users.action.revoke }), 'gone')
  const toReader = row(colleague.email).getByRole('button', { name: users.action.to_reader })
  await keyboard.press(toReader, row(colleague.email).getByRole('button', { name: users.action.to_admin }))
  const off = row(colleague.email).getByRole('button', { name: users.action.deactivate })
  await keyboard.press(off, row(colleague.email).getByRole('button', { name: users.action.reactivate }), 'Space')
  const erase = row(gone.name).getByRole('button', { name: users.action.erase })
  await keyboard.press(row(gone.name).locator('summary'), erase)
  await keyboard.press(erase, page.getByText(users.erase.done))
})

test('support’s day by keyboard alone', async ({ page, server, customer }) => {
  test.slow()
  const [me, colleague] = [await newSupporter(server), await newSupporter(server)]
  const left = await newAdmin(server, customer.tenantId)
  await server.compose(({ createAccounts }) => createAccounts.disableUser(left.email, { kind: 'operator' }))
  await refreshed({ revoke: true })({ page, server, customer })
  await server.inDatabase(async ({ q, tables }) => {
    const [found] = await q.select().from(tables.users).where(eq(tables.users.email, colleague.email))
    const factor = { userId: found?.id ?? '', sealedSecret: '', lastStep: 0, createdAt: new Date() }
    await q.insert(tables.totpSecrets).values(factor)
  })
  await enter(page, server, me)
  const keyboard = new Keyboard(page)

  // a new customer and its first admin
  await page.goto('/support/nouveau')
  const name = `Menuiserie ${randomUUID().slice(0, 8)}`
  await keyboard.type(page.getByLabel(newTenant.name), name)
  await keyboard.press(button(page, newTenant.submit), page.getByRole('heading', { level: 1, name }))
  const first = page.getByRole('region', { name: firstAdmin.title })
  await keyboard.type(first.getByLabel(firstAdmin.email), `first-${customer.email}`)
  await keyboard.type(first.getByLabel(firstAdmin.name, { exact: true }), 'Anne')
  await keyboard.press(button(page, firstAdmin.submit), page.getByText(firstAdmin.done))

  // renamed, archived, back, archived, taken along, deleted
  const manage = page.getByRole('region', { name: whole.title })
  await keyboard.type(manage.getByLabel(whole.rename.name, { exact: true }), `${name} SRL`)
  const heading = page.getByRole('heading', { level: 1, name: `${name} SRL` })
  await keyboard.press(manage.getByRole('button', { name: whole.rename.submit }), heading)
  const archive = manage.getByRole('button', { name: whole.archive.submit, exact: true })
  const back = button(page, archived.back)
  await keyboard.press(manage.locator('summary'), archive)
  await keyboard.press(archive, back, 'Space')
  await keyboard.press(back, manage.locator('summary'))
  await keyboard.press(manage.locator('summary'), archive)
  await keyboard.press(archive, back)
  await keyboard.take(manage.getByRole('link', { name: whole.export.download }))
  await page.reload()
  await keyboard.type(manage.getByLabel(whole.erase.name), `${name} SRL`)
  await keyboard.press(manage.getByRole('button', { name: whole.erase.submit }), page.getByText(whole.erase.done))

  // many at once, and the list as a file
  await page.goto('/support?state=reconnect_required')
  await keyboard.take(link(page, many.export))
  await keyboard.follow(link(page, many.reconnect))
  await page.waitForURL('**/support/demander?**')
  await keyboard.press(page.locator('#ask-many').getByRole('button'), page.getByRole('status'))

  // a note, and an address
  await page.goto(`/support/${customer.tenantId}`)
  const incidents = page.getByRole('region', { name: tenant.incidents })
  await keyboard.press(incidents.locator('summary'), incidents.getByLabel(note.label))
  await keyboard.type(incidents.getByLabel(note.label), 'Rappelé lundi.')
  await keyboard.press(incidents.getByRole('button', { name: note.save }), incidents.locator('blockquote'))
  await keyboard.press(incidents.locator('summary'), incidents.getByLabel(note.label))
  await keyboard.press(incidents.getByRole('button', { name: note.remove }), incidents.locator('summary'), 'Space')
  await expect(incidents.locator('blockquote')).toHaveCount(0)
  const addresses = page.getByRole('region', { name: released.title })
  await keyboard.press(addresses.getByRole('button', { name: released.release }), 'gone')

  // the journal, outages
  await page.goto('/support/journal')
  await keyboard.type(page.getByLabel(journal.filter.search), 'Client')
  await keyboard.follow(button(page, journal.filter.filter))
  await page.waitForURL('**/support/journal?**')
  await keyboard.take(link(page, journal.filter.export))
  await page.goto('/support')
  await keyboard.follow(link(page, support.outages.link))
  await page.waitForURL('**/support/pannes')

  // support's own people
  await page.goto('/support/utilisateurs')
  const row = page.getByRole('row').filter({ hasText: colleague.email })
  await keyboard.press(
    row.getByRole('button', { name: users.action.reset_factor }),
    page.getByText(users.done.factor_reset),
  )
  const erase = row.getByRole('button', { name: users.action.erase })
  await keyboard.press(row.getByRole('button', { name: users.action.deactivate }), row.locator('summary'))
  await keyboard.press(row.locator('summary'), erase)
  await keyboard.press(erase, page.getByText(users.erase.done))
  const invite = page.getByRole('region', { name: users.invite })
  await keyboard.type(invite.getByLabel(users.email), `colleague-${customer.email}`)
  await keyboard.type(invite.getByLabel(users.name, { exact: true }), 'Paul')
  await keyboard.press(invite.getByRole('button', { name: users.submit }), page.getByText(users.done.invited))
})
