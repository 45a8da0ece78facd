import 'server-only'
import { type GuideStep, stepNumbered } from '#lib/domain/guide.ts'
import { longDescription, longestName, longestShortDescription } from '#lib/domain/integration-texts.ts'
import type { Guide } from '#lib/use-cases/follow-guide.ts'
import { container } from './container.ts'
import { stepAddress } from './guide-address.ts'
import { type KeyPage, readKeyPage } from './key-page.ts'
import { requireAdmin } from './session.ts'

export interface GuidePage extends Omit<Guide, 'steps'> {
  steps: ({ step: GuideStep; done: boolean } & ReturnType<typeof stepAddress>)[]
  limits: { integrationName: number; shortDescription: number }
  longDescription: string
  /** Where Teamleader itself is. */
  teamleaderUrl: string
  /** How the connection stands, as « Clé de sécurité » has it. */
  key: KeyPage
}

/** @param asked what the address says of the step to open. */
export const readGuidePage = async (asked: string): Promise<GuidePage> => {
  const admin = await requireAdmin()
  const [{ followGuide, env }, key] = await Promise.all([container(), readKeyPage()])
  const guide = await followGuide.show(admin, key.view, stepNumbered(asked))
  return {
    ...guide,
    steps: guide.steps.map((row) => ({ ...row, ...stepAddress(row.step) })),
    limits: { integrationName: longestName, shortDescription: longestShortDescription },
    longDescription,
    teamleaderUrl: env.teamleader.oauthUrl,
    key,
  }
}
