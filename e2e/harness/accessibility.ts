import AxeBuilder from '@axe-core/playwright'
import { expect, type Page } from '@playwright/test'

export const findFaults = async (page: Page) => {
  const { violations } = await new AxeBuilder({ page }).analyze()
  return violations.map(({ id, help, nodes }) => `${id}: ${help} (${nodes.map(({ html }) => html).join(' ')})`)
}

/** Whatever can be pressed is at least 24 px high and wide. @see https://www.w3.org/TR/WCAG22/#target-size-minimum */
export const findSmallTargets = (page: Page): Promise<string[]> =>
  page.evaluate(() => {
    const pressed = document.querySelectorAll('a[href], button, summary, select, input:not([type="hidden"]), textarea')
    return Array.from(pressed).flatMap((element) => {
      const { width, height } = element.getBoundingClientRect()
      const seen = element.checkVisibility({ visibilityProperty: true }) && !element.matches('.visually-hidden, .skip')
      // a label that holds its box is pressed with it
      const around = element.closest('label')?.getBoundingClientRect()
      const [w, h] = [Math.max(width, around?.width ?? 0), Math.max(height, around?.height ?? 0)]
      return seen && (w < 23.9 || h < 23.9)
        ? [`${w.toFixed(1)} × ${h.toFixed(1)} px: ${element.outerHTML.slice(0, 160)}`]
        : []
    })
  })

/** What axe finds in light: nothing. Themes, languages and widths are `npm run test:look`. */
export const expectAccessible = async (page: Page) => {
  await page.emulateMedia({ colorScheme: 'light', reducedMotion: 'reduce' })
  expect(await findFaults(page), `at ${page.url()}`).toEqual([])
}
