import { z } from 'zod'
import { checkChoice, isMarkedStep, type MarkedStep } from '#lib/domain/guide/guide.ts'
import { report, revision, text, ticked } from './read-form.ts'

// how credentials must look is the provider's to say, and depends on what is stored: `checkSettings` reads that

/** V2's values, and V1's. */
export const tlGroupForm = z.object({
  intent: text,
  from: text,
  apiVersion: text,
  enabled: ticked,
  revision,
  clientId: text,
  clientSecret: text,
  authCode: text,
  revisionV1: revision,
  apiGroup: text,
  apiSecret: text,
})

export const teoForm = z.object({ revision, enabled: ticked, clientId: text, clientSecret: text, target: text })

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
