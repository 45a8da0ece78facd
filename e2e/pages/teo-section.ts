import { expect, type Locator, type Page } from '@playwright/test'
import type { TeoEnrolment } from '../../lib/sandbox/control/remote-control.ts'
import { messages } from './tl-group-section.ts'

/** The section « téo » of « Clé de sécurité ». */
export const teoSection = (page: Page): Locator => page.getByRole('region', { name: 'téo' })

export const fillTeo = async (page: Page, { clientId, clientSecret, teoId }: TeoEnrolment) => {
  await teoSection(page).getByLabel('Client ID').fill(clientId)
  await teoSection(page).getByLabel('Client Secret').fill(clientSecret)
  await teoSection(page).getByLabel('TEO ID').fill(teoId)
}

export const pressTeo = (page: Page, name: string) =>
  teoSection(page).getByRole('button', { name, exact: true }).first().click()

export const expectTeo = async (page: Page, label: string, authStatus: string) => {
  await expect(teoSection(page).getByText(label, { exact: true })).toBeVisible()
  await expect(teoSection(page).getByLabel('Auth Status')).toHaveText(authStatus)
}

type Code = keyof typeof messages.failures

/** What téo's section says of a failure: its own words where it has some. */
export const teoMessages = (code: Code) => {
  const own: Partial<Record<Code, { cause?: string; fix?: string; action?: string }>> = messages.teo.failures
  return { ...messages.failures[code], ...own[code] }
}
