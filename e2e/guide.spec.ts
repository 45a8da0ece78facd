import { expectAccessible } from './accessibility.ts'
import { expect, test } from './journey.ts'
import { words } from './tl-group.ts'

const guide = '/administratif/guide'
const { steps } = words.guide

test.describe('without JavaScript', () => {
  test.use({ javaScriptEnabled: false })

  test('the steps are gone through one by one, a name too long is refused, and the place is kept', async ({
    admin,
  }) => {
    await admin.getByRole('link', { name: words.guide.follow }).click()
    const heading = admin.locator('[aria-current="step"] h2')
    const onward = (next: keyof typeof steps) =>
      admin.getByRole('button', { name: words.guide.onward.replace('{next}', steps[next].next) }).click()
    await expect(heading).toHaveText(steps.sign_in.title)
    await onward('build')
    await onward('create')
    const name = admin.getByRole('textbox', { name: words.guide.drawn.name })
    await expect(name).toHaveAttribute('maxlength', '25')
    // a browser that minds no maxlength
    await name.evaluate((input) => input.removeAttribute('maxlength'))
    await name.fill('Un nom plus long que permis')
    await onward('redirect')
    await expect(admin.getByText(words.failures.integration_name_length.cause)).toBeVisible()
    await expect(name).toHaveValue('Un nom plus long que permis')
    await name.fill('Delvaux Sync')
    await onward('redirect')
    await expect(heading).toHaveText(steps.redirect.title)
    await admin.goto(guide)
    await expect(heading).toHaveText(steps.redirect.title)
    await admin.getByRole('link', { name: steps.create.title }).click()
    await expect(name).toHaveValue('Delvaux Sync')
    await admin.goto(`${guide}?etape=8`)
    await expect(admin.getByText('Autoriser Delvaux Sync')).toBeVisible()
  })
})

test('every step is accessible, and fits a small screen', async ({ admin }) => {
  await admin.setViewportSize({ width: 320, height: 700 })
  for (let number = 1; number <= 8; number += 1) {
    await admin.goto(`${guide}?etape=${number}`)
    await expectAccessible(admin)
    const overflow = await admin.evaluate(
      () => document.documentElement.scrollWidth - document.documentElement.clientWidth,
    )
    expect(overflow, `step ${number}`).toBe(0)
  }
})
