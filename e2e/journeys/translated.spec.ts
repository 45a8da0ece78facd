import type { Page } from '@playwright/test'
import { connectAhead } from '../harness/connection.ts'
import { enter, expect, keyPage, test } from '../harness/customer.ts'

/** React has taken over every form and button of the page: what changes before is its to repair, and it says so. */
const untilHydrated = (page: Page) =>
  page.waitForFunction(() =>
    [...document.querySelectorAll('main form, main button')].every((element) =>
      Object.keys(element).some((key) => key.startsWith('__reactFiber')),
    ),
  )

/** What a browser that translates does: each text is put into a `<font>` of its own, and taken from where it stood. */
const translate = async (page: Page) => {
  await untilHydrated(page)
  await page.evaluate(() => {
    const texts: Text[] = []
    const walker = document.createTreeWalker(document.body, NodeFilter.SHOW_TEXT)
    while (walker.nextNode()) {
      const text = walker.currentNode as Text
      const { parentElement: parent } = text
      if (text.data.trim() !== '' && parent && !parent.closest('script, style, font, textarea')) texts.push(text)
    }
    for (const text of texts) {
      const font = document.createElement('font')
      text.replaceWith(font)
      font.append(text)
    }
  })
}

/** Types in every field, and chooses what can be chosen. */
const fillEverything = async (page: Page) => {
  for (const field of await page.locator('main input:visible:not([readonly])').all()) {
    const type = await field.getAttribute('type')
    if (type === 'radio') await field.check()
    else if (type !== 'checkbox') await field.pressSequentially('ab')
    await translate(page)
  }
}

/** Presses each button that stays on the page, once, by its name. */
const pressEverything = async (page: Page, path: string) => {
  const pressed = new Set<string>()
  const next = async () => {
    for (const button of await page.locator('main button:visible:not([aria-hidden])').all()) {
      const name = (await button.getAttribute('aria-label')) ?? (await button.textContent()) ?? ''
      if (!pressed.has(name)) return { button, name }
    }
    return null
  }
  for (let found = await next(); found; found = await next()) {
    pressed.add(found.name)
    await found.button.click()
    await expect(page.locator('form[aria-busy="true"]')).toHaveCount(0)
    if (!page.url().endsWith(path)) await page.goto(path)
    else await page.keyboard.press('Escape')
    await translate(page)
  }
  return pressed
}

for (const path of [
  keyPage,
  '/administratif/utilisateurs',
  '/administratif/synchronisation',
  '/administratif/guide?etape=3',
  '/administratif/guide?etape=7',
])
  test(`${path} holds while a browser translates it`, async ({ page, server, customer }) => {
    test.slow()
    const broken: string[] = []
    page.on('pageerror', ({ message }) => broken.push(message))
    page.on('dialog', (dialog) => dialog.accept())
    await connectAhead(server, customer)
    await server.compose(({ copies }) => copies.adopt())
    await enter(page, server, customer)
    await page.goto(path)
    await translate(page)
    await fillEverything(page)
    expect((await pressEverything(page, path)).size).toBeGreaterThan(0)
    expect(broken).toEqual([])
    await expect(page.locator('main h1')).toBeVisible()
  })
