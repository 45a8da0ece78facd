import 'server-only'
import { container } from '#lib/composition/container.ts'
import { type GuideStep, stepNumbered } from '#lib/domain/guide/guide.ts'
import { longDescription, longestName, longestShortDescription } from '#lib/domain/guide/integration-texts.ts'
import { requireAdmin } from '#lib/server/auth/session.ts'
import { stepPath } from '#lib/server/http/guide-path.ts'
import type { Guide } from '#lib/use-cases/guide/guide-progress.ts'
import { type KeyPage, readKeyPage } from '../connections/key-page.ts'

export interface GuidePage extends Omit<Guide, 'steps'> {
  steps: ({ step: GuideStep; done: boolean } & ReturnType<typeof stepPath>)[]
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
  const [{ guideProgress, env }, key] = await Promise.all([container(), readKeyPage()])
  const guide = await guideProgress.show(admin, key.view, stepNumbered(asked), key.through)
  return {
    ...guide,
    steps: guide.steps.map((row, index) => ({ ...row, ...stepPath(row.step), number: index + 1 })),
    limits: { integrationName: longestName, shortDescription: longestShortDescription },
    longDescription,
    teamleaderUrl: env.teamleader.oauthUrl,
    key,
  }
}
