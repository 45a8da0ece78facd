import type { ConnectionView } from '#lib/domain/connection-view.ts'
import { Failure } from '#lib/domain/failure.ts'
import {
  type GuideMark,
  type GuidePlan,
  type GuideStep,
  type MarkedStep,
  planGuide,
  stepNumber,
} from '#lib/domain/guide.ts'
import { checkIntegrationName, checkShortDescription, suggestName } from '#lib/domain/integration-texts.ts'
import { actorOf, journalEntry } from '#lib/domain/journal-entry.ts'
import type { Admin } from '#lib/domain/user.ts'
import type { Deps } from '#lib/ports.ts'

/** What is typed into the steps that ask for something. */
export interface TypedChoices {
  integrationName: string
  shortDescription: string
}

export type Guide = GuidePlan & TypedChoices

/** The guide of one tenant: where it stands, and what it chose. */
export const followGuide = ({ store, clock }: Deps) => {
  /** @param asked the step that the address names. */
  const show = async (admin: Admin, view: ConnectionView, asked: GuideStep | null): Promise<Guide> => {
    const marks = await store.guide.marks(admin.tenantId)
    const choiceOf = (step: MarkedStep) => marks.find((mark) => mark.step === step)?.choice
    const integrationName = choiceOf('create') ?? suggestName(admin.tenantName)
    const shortDescription = choiceOf('describe') ?? integrationName
    return { ...planGuide(view, marks, asked), integrationName, shortDescription }
  }

  const chosen = (step: MarkedStep, typed: TypedChoices): GuideMark => {
    if (step !== 'create' && step !== 'describe') return { step, choice: null }
    const { value, problem } =
      step === 'create' ? checkIntegrationName(typed.integrationName) : checkShortDescription(typed.shortDescription)
    if (problem) throw new Failure(problem)
    return { step, choice: value }
  }

  /** @throws Failure `integration_name_length`, `short_description_length` */
  const finish = async (admin: Admin, step: MarkedStep, typed: TypedChoices): Promise<void> => {
    const { tenantId } = admin
    const detail = { step: stepNumber(step) }
    await store.guide.mark(
      tenantId,
      chosen(step, typed),
      journalEntry({ at: clock.now(), tenantId, actor: actorOf(admin), event: 'guide.step_done', detail }),
    )
  }

  return { show, finish }
}
