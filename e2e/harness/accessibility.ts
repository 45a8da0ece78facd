import AxeBuilder from '@axe-core/playwright'
import { expect, type Page } from '@playwright/test'

export const findFaults = async (page: Page) => {
  const { violations } = await new AxeBuilder({ page }).analyze()
  return violations.map(({ id, help, nodes }) => `${id}: ${help} (${nodes.map(({ html }) => html).join(' ')})`)
}

/** What axe finds in light: nothing. Themes, languages and widths are `npm run test:look`. */
export const expectAccessible = async (page: Page) => {
  await page.emulateMedia({ colorScheme: 'light', reducedMotion: 'reduce' })
  expect(await findFaults(page), `at ${page.url()}`).toEqual([])
}
