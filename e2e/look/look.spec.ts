import type { Page } from '@playwright/test'
import { eq } from 'drizzle-orm'
import { type Locale, locales } from '../../lib/domain/accounts/user.ts'
import { findFaults, findSmallTargets } from '../harness/accessibility.ts'
import { AppServer } from '../harness/app-server.ts'
import { expect, operatorClient, test } from '../harness/connection.ts'
import { newCustomer } from '../harness/customer.ts'
import { adminPages, signedOutPages } from './account-pages.ts'
import { copyPages } from './copy-pages.ts'
import { keyPages } from './key-pages.ts'
import { listPages } from './list-pages.ts'
import { operatorPages } from './operator-pages.ts'
import type { Prepare, Stage } from './stage.ts'
import { supportPages } from './support-pages.ts'

/** `npm run test:look`: every page in its states, in each theme, language and width. */

const themes = ['light', 'dark'] as const

const widths = [320, 768, 1280]

const speak = async ({ page, server }: Stage, locale: Locale, reader: string | undefined) => {
  await page.context().addCookies([{ name: 'porte-cles-locale', value: locale, url: server.url }])
  if (reader === undefined) return
  await server.inDatabase(async ({ q, tables: { users } }) => {
    await q.update(users).set({ locale }).where(eq(users.email, reader))
  })
}

/** What axe finds, and whether something is wider than the window. */
const faultsOf = async (page: Page, theme: (typeof themes)[number], width: number) => {
  await page.emulateMedia({ colorScheme: theme, reducedMotion: 'reduce' })
  await page.setViewportSize({ width, height: 800 })
  const faults = await findFaults(page)
  faults.push(...(await findSmallTargets(page)))
  const wide = await page.evaluate(() => document.documentElement.scrollWidth - document.documentElement.clientWidth)
  return wide > 0 ? [...faults, `${wide} px wider than the window`] : faults
}

const look = async (stage: Stage, prepare: Prepare) => {
  const { page, server } = stage
  const { path, reader } = await prepare(stage)
  const found: string[] = []
  for (const locale of locales) {
    await speak(stage, locale, reader)
    await page.goto(`${server.url}${path}`)
    await expect(page.locator('html')).toHaveAttribute('lang', locale)
    for (const theme of themes)
      for (const width of widths)
        for (const fault of await faultsOf(page, theme, width)) found.push(`${locale}, ${theme}, ${width}: ${fault}`)
  }
  expect(found).toEqual([])
}

const pages = { ...signedOutPages, ...adminPages, ...keyPages, ...copyPages, ...listPages, ...supportPages }

for (const [name, prepare] of Object.entries(pages))
  test(`${name} looks as it should`, ({ page, server, customer }) => look({ page, server, customer }, prepare))

test.describe('with an integration of the operator’s', () => {
  let server: AppServer
  test.beforeAll(async () => {
    server = await AppServer.open(operatorClient)
  })
  test.afterAll(() => server.close())
  for (const [name, prepare] of Object.entries(operatorPages))
    test(`${name} looks as it should`, async ({ page }) =>
      look({ page, server, customer: await newCustomer(server) }, prepare))
})
