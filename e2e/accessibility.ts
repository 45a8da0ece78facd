import AxeBuilder from '@axe-core/playwright'
import { expect, type Page } from '@playwright/test'

const findFaults = async (page: Page, rules?: string[]) => {
  const builder = new AxeBuilder({ page })
  const { violations } = await (rules ? builder.withRules(rules) : builder).analyze()
  return violations.map(({ id, help, nodes }) => `${id}: ${help} (${nodes.map(({ html }) => html).join(' ')})`)
}

/** What axe finds, of its every rule, in light; in dark, of those that look at colours: nothing. */
export const expectAccessible = async (page: Page) => {
  await page.emulateMedia({ colorScheme: 'dark', reducedMotion: 'reduce' })
  expect(await findFaults(page, ['color-contrast', 'link-in-text-block']), `in the dark, at ${page.url()}`).toEqual([])
  await page.emulateMedia({ colorScheme: 'light', reducedMotion: 'reduce' })
  expect(await findFaults(page), `in the light, at ${page.url()}`).toEqual([])
}
