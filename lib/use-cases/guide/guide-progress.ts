import type { Admin } from '#lib/domain/accounts/user.ts'
import type { ConnectionView, Through } from '#lib/domain/connections/connection-view.ts'
import {
  type GuidePlan,
  type GuideStep,
  type MarkedStep,
  markOf,
  planGuide,
  stepNumber,
  type TypedChoices,
} from '#lib/domain/guide/guide.ts'
import { suggestName } from '#lib/domain/guide/integration-texts.ts'
import { actorOf, journalEntry } from '#lib/domain/journal/journal-entry.ts'
import type { Deps } from '#lib/ports/deps.ts'

export type Guide = GuidePlan & TypedChoices

/** The guide of one tenant: where it stands, and what it chose. */
export const guideProgress = ({ store, clock }: Deps) => {
  /** @param asked the step that the address names. */
  const show = async (
    admin: Admin,
    view: ConnectionView,
    asked: GuideStep | null,
    through: Through = 'own',
  ): Promise<Guide> => {
    const marks = await store.guide.marks(admin.tenantId)
    const choiceOf = (step: MarkedStep) => marks.find((mark) => mark.step === step)?.choice
    const integrationName = choiceOf('create') ?? suggestName(admin.tenantName)
    const shortDescription = choiceOf('describe') ?? integrationName
    return { ...planGuide(view, marks, asked, through), integrationName, shortDescription }
  }

  /** @param typed checked by its form */
  const finish = async (admin: Admin, step: MarkedStep, typed: TypedChoices): Promise<void> => {
    const { tenantId } = admin
    const detail = { step: stepNumber(step) }
    await store.guide.mark(
      tenantId,
      markOf(step, typed),
      journalEntry({ at: clock.now(), tenantId, actor: actorOf(admin), event: 'guide.step_done', detail }),
    )
  }

  return { show, finish }
}
