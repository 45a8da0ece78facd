import type { Locator, Page } from '@playwright/test'
import { marie } from '../../lib/sandbox/teamleader/seeds.ts'
import { expectAccessible } from '../harness/accessibility.ts'
import { allowClipboard, eventsOf } from '../harness/connection.ts'
import { expect, test } from '../harness/customer.ts'
import { messages, press, tlGroup } from '../pages/tl-group-section.ts'

const guide = '/administratif/guide'
const { steps } = messages.guide

test.describe('without JavaScript', () => {
  test.use({ javaScriptEnabled: false })

  test('the steps are gone through one by one, a name too long is refused, and the place is kept', async ({
    admin,
  }) => {
    await admin.getByRole('link', { name: messages.guide.follow }).click()
    const heading = admin.locator('[aria-current="step"] h2')
    const onward = (next: keyof typeof steps) =>
      admin.getByRole('button', { name: messages.guide.onward.replace('{next}', steps[next].next) }).click()
    await expect(heading).toHaveText(steps.sign_in.title)
    await onward('build')
    await onward('create')
    const name = admin.getByRole('textbox', { name: messages.guide.drawn.name })
    const fillName = async (typed: string) => {
      // the address names this heading: once the page is whole, the browser takes the focus there, out of any field
      await expect(heading).toBeFocused()
      await name.fill(typed)
    }
    await expect(name).toHaveAttribute('maxlength', '25')
    // a browser that minds no maxlength
    await name.evaluate((input) => input.removeAttribute('maxlength'))
    await fillName('Un nom plus long que permis')
    await onward('redirect')
    await expect(admin.getByText(messages.failures.integration_name_length.cause)).toBeVisible()
    await expect(name).toHaveValue('Un nom plus long que permis')
    await fillName('Delvaux Sync')
    await onward('redirect')
    await expect(heading).toHaveText(steps.redirect.title)
    await admin.goto(guide)
    await expect(heading).toHaveText(steps.redirect.title)
    await admin.getByRole('link', { name: steps.create.title }).click()
    await expect(name).toHaveValue('Delvaux Sync')
    await admin.goto(`${guide}?etape=8`)
    await expect(admin.getByText('Autoriser Delvaux Sync')).toBeVisible()
  })

  test('a failure that a step mends leads to it', async ({ admin }) => {
    await tlGroup(admin).getByLabel('Client ID (V2)').fill('too short')
    await press(admin, 'Enregistrer')
    const link = messages.guide.seeStep.replace('{number, number}', '7')
    await tlGroup(admin).getByRole('link', { name: link }).first().click()
    await expect(admin.locator('[aria-current="step"] h2')).toHaveText(steps.credentials.title)
  })
})

for (const numbers of [
  [1, 2, 3, 4],
  [5, 6, 7, 8],
])
  test(`the steps ${numbers} are accessible, and fit a small screen`, async ({ admin }) => {
    await admin.setViewportSize({ width: 320, height: 700 })
    for (const number of numbers) {
      await admin.goto(`${guide}?etape=${number}`)
      await expectAccessible(admin)
      const overflow = await admin.evaluate(
        () => document.documentElement.scrollWidth - document.documentElement.clientWidth,
      )
      expect(overflow, `step ${number}`).toBe(0)
    }
  })

/** Goes by Tab alone until something has the focus. */
const reach = async (page: Page, target: Locator) => {
  for (let presses = 0; presses < 90; presses += 1) {
    if (await target.evaluate((element) => element === document.activeElement)) return
    await page.keyboard.press('Tab')
  }
  throw new Error(`the keyboard does not reach ${target}`)
}

const hit = async (page: Page, role: 'link' | 'button', name: string) => {
  await page.bringToFront()
  await reach(page, page.getByRole(role, { name, exact: true }))
  await page.keyboard.press('Enter')
}

const tick = async (page: Page, name: string) => {
  await page.bringToFront()
  await reach(page, page.getByRole('checkbox', { name, exact: true }))
  await page.keyboard.press('Space')
}

/** Into a field, by what is in the clipboard. */
const paste = async (page: Page, name: string) => {
  await page.bringToFront()
  await reach(page, page.getByLabel(name, { exact: true }))
  await page.keyboard.press('Control+A')
  await page.keyboard.press('Control+V')
}

/** Out of a field that is only read. */
const take = async (page: Page, name: string) => {
  await page.bringToFront()
  await reach(page, page.getByLabel(name, { exact: true }))
  await page.keyboard.press('Control+A')
  await page.keyboard.press('Control+C')
}

test('by keyboard alone, in two tabs, an empty tenant comes to Success', async ({ admin, customer, server }) => {
  await allowClipboard(admin.context(), server)
  const onward = (next: keyof typeof steps) =>
    hit(admin, 'button', messages.guide.onward.replace('{next}', steps[next].next))
  const copy = async (what: string) => {
    const name = messages.guide.named.replace('{action}', messages.help.copy).replace('{what}', what)
    await hit(admin, 'button', name)
    await expect(admin.getByRole('button', { name }).getByRole('status')).toHaveText(messages.help.copied)
  }
  await hit(admin, 'link', messages.guide.follow)
  const opened = admin.context().waitForEvent('page')
  await hit(admin, 'link', `${messages.guide.teamleader} ${messages.guide.newTab}`)
  const teamleader = await opened
  await hit(teamleader, 'link', 'Se connecter à Teamleader Focus')
  await reach(teamleader, teamleader.getByLabel('Adresse e-mail'))
  await teamleader.keyboard.type(marie.email)
  await reach(teamleader, teamleader.getByLabel('Mot de passe'))
  await teamleader.keyboard.type(marie.password)
  await teamleader.keyboard.press('Enter')
  await onward('build')
  const way = ['Paramètres', 'Intégrations', 'Changer vos préférences', 'Construisez', 'DÉVELOPPEZ VOS INTÉGRATIONS']
  for (const link of [...way, 'CRÉER UNE NOUVELLE INTÉGRATION']) await hit(teamleader, 'link', link)

  await onward('create')
  const { drawn } = messages.guide
  await reach(admin, admin.getByRole('textbox', { name: drawn.name }))
  await admin.keyboard.press('Control+A')
  await admin.keyboard.type('Atelier Delvaux Pro+ Sync')
  await expect(admin.getByText('25 / 25')).toBeVisible()
  await admin.keyboard.type('!')
  await copy(drawn.name)
  await paste(teamleader, drawn.name)
  await tick(teamleader, 'Comptabilité')
  await hit(teamleader, 'button', drawn.create)

  await onward('redirect')
  await copy(messages.field.redirectUri)
  await paste(teamleader, drawn.redirectUris)
  await onward('access')
  for (const scope of ['companies', 'contacts', 'departments', 'users'] as const)
    await tick(teamleader, drawn.scope[scope])
  await onward('describe')
  await copy(drawn.short)
  await paste(teamleader, drawn.short)
  await copy(drawn.long)
  await paste(teamleader, drawn.long)
  await hit(teamleader, 'button', drawn.save)
  await expect(teamleader.getByRole('status')).toHaveText('Enregistré avec succès')

  await onward('credentials')
  await take(teamleader, drawn.clientId)
  await paste(admin, messages.field.clientId)
  await reach(teamleader, teamleader.locator('summary'))
  await teamleader.keyboard.press('Enter')
  await take(teamleader, drawn.clientSecret)
  await paste(admin, messages.field.clientSecret)
  await onward('connect')
  await expect(admin.getByText(messages.fact.noAttempt)).toBeVisible()

  const watcher = await admin.context().newPage()
  await watcher.clock.install()
  await watcher.goto(guide)
  await hit(admin, 'button', messages.button.connect)
  await expect(admin.getByRole('heading', { name: 'Autoriser Atelier Delvaux Pro+ Sync' })).toBeVisible()
  await hit(admin, 'button', drawn.grant)
  await expect(admin.getByText('Success', { exact: true })).toBeVisible()
  await expect(admin.getByText(marie.email)).toBeVisible()
  await expect(admin.getByText(steps.connect.savedAgain)).toBeVisible()
  await expect(admin.locator('[aria-current="step"] h2')).toBeFocused()
  await expect(admin.getByRole('link', { name: messages.guide.again })).toHaveCount(7)
  await watcher.clock.fastForward(20_000)
  await expect(watcher.getByText('Success', { exact: true })).toBeVisible()
  expect((await eventsOf(server, customer)).filter((event) => event === 'guide.step_done')).toHaveLength(6)
})
