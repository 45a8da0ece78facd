import type { Locator, Page } from '@playwright/test'
import { expect } from '../harness/customer.ts'

const mostStops = 160
/** Until the focus has found its place after something was drawn away. */
const settledMs = 250

/** Somebody who has a keyboard and nothing else. */
export class Keyboard {
  constructor(private readonly page: Page) {}

  private hasFocus(target: Locator) {
    return target.evaluate((element) => element === document.activeElement)
  }

  /** Something of the page has the focus and shows it: by an outline or a shadow of its own, or of what stands for it. */
  private async expectSeen(why: string) {
    const unseen = () =>
      this.page.evaluate(() => {
        const { activeElement, body } = document
        const shows = (element: Element | null | undefined) => {
          if (!element || element === body) return false
          const { outlineStyle, outlineWidth, boxShadow } = getComputedStyle(element)
          return (outlineStyle !== 'none' && outlineWidth !== '0px') || boxShadow !== 'none'
        }
        const seen = [activeElement, activeElement?.nextElementSibling, activeElement?.closest('label')].some(shows)
        return seen ? null : (activeElement?.outerHTML.slice(0, 160) ?? 'nothing')
      })
    await expect.poll(unseen, { message: `the focus is not seen ${why}`, timeout: 2_000 }).toBeNull()
  }

  /** Goes on by Tab until something has the focus. */
  async reach(target: Locator): Promise<void> {
    await expect(target).toBeVisible()
    for (let stop = 0; stop < mostStops; stop += 1) {
      if (await this.hasFocus(target)) return this.expectSeen(`on ${target}`)
      await this.page.keyboard.press('Tab')
    }
    throw new Error(`the keyboard does not reach ${target}`)
  }

  async type(target: Locator, text: string): Promise<void> {
    await this.reach(target)
    await this.page.keyboard.press('ControlOrMeta+a')
    await this.page.keyboard.type(text)
  }

  /** Goes where a link leads, to a page that begins at its beginning. */
  async follow(link: Locator): Promise<void> {
    await this.reach(link)
    await this.page.keyboard.press('Enter')
  }

  /**
   * Presses a button, after which the focus is somewhere on the page, and seen.
   *
   * @param then what is there once it was done; « gone »: the button is not any more
   */
  async press(button: Locator, then: Locator | 'gone', key: 'Enter' | 'Space' = 'Enter'): Promise<void> {
    await this.reach(button)
    const pressed = await button.elementHandle()
    await this.page.keyboard.press(key)
    // not by its name, which is another while it works
    if (then === 'gone') await expect.poll(() => pressed?.evaluate((element) => element.isConnected)).toBe(false)
    else await expect(then).toBeVisible()
    await this.page.waitForTimeout(settledMs)
    await this.expectSeen(`after ${button}`)
  }

  /** Takes a file along. */
  async take(link: Locator): Promise<void> {
    await this.reach(link)
    await Promise.all([this.page.waitForEvent('download'), this.page.keyboard.press('Enter')])
  }
}
