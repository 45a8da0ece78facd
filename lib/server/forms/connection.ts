import { z } from 'zod'
import { providerIds } from '#lib/domain/connections/provider.ts'
import { checkChoice, isMarkedStep, type MarkedStep } from '#lib/domain/guide/guide.ts'
import { report, revision, text, ticked } from './read-form.ts'

// how credentials must look is the provider's to say, and depends on what is stored: `checkSettings` reads that

/** « Statut » as it is chosen, and as it was shown. */
const status = { enabled: ticked, enabledShown: ticked }

/** What was chosen of « Statut »; null where that is what was shown, and what is stored stays. */
export const chosenStatus = ({ enabled, enabledShown }: { enabled: boolean; enabledShown: boolean }): boolean | null =>
  enabled === enabledShown ? null : enabled

/** V2's values, and V1's. */
export const tlGroupForm = z.object({
  intent: text,
  from: text,
  apiVersion: text,
  ...status,
  revision,
  clientId: text,
  clientSecret: text,
  authCode: text,
  revisionV1: revision,
  apiGroup: text,
  apiSecret: text,
})

export const teoForm = z.object({ revision, ...status, clientId: text, clientSecret: text, target: text })

export const switchForm = z.object({ provider: z.enum(providerIds), enabled: ticked })

export const candidateForm = z.object({
  candidateId: text,
  accountId: text,
  answer: z.enum(['accept', 'keep', 'skip_identity', 'identify'], { error: 'candidate_gone' }),
})

export const guideStepForm = z
  .object({
    step: z.custom<MarkedStep>((step) => typeof step === 'string' && isMarkedStep(step)),
    integrationName: text,
    shortDescription: text,
  })
  .superRefine(({ step, ...typed }, context) => report(context, checkChoice(step, typed)))
