'use server'

import { revalidatePath } from 'next/cache'
import { notFound, redirect } from 'next/navigation'
import { isMarkedStep } from '#lib/domain/guide.ts'
import { container } from '../container.ts'
import { buttonAction, formAction, textOf } from '../form-action.ts'
import { guideRoute as route, stepAddress } from '../guide-address.ts'
import { readGuidePage } from '../guide-page.ts'
import { requireFormAdmin } from '../session.ts'

const kept = ['integrationName', 'shortDescription'] as const

/** « Continuer »: the step is done, and the next one opens. */
export const continueGuide = formAction({ route, kept, secrets: [] }, async (form) => {
  const admin = await requireFormAdmin()
  const step = textOf(form, 'step')
  if (!isMarkedStep(step)) notFound()
  const { followGuide } = await container()
  const [integrationName, shortDescription] = kept.map((name) => textOf(form, name))
  await followGuide.finish(admin, step, {
    integrationName: integrationName ?? '',
    shortDescription: shortDescription ?? '',
  })
  revalidatePath(route)
  const { next } = await readGuidePage(String(stepAddress(step).number))
  return redirect(stepAddress(next).href)
})

/** Draws the page anew for a browser that looks at it for a while. */
export const lookAgain = buttonAction(route, async () => {
  await requireFormAdmin()
  revalidatePath(route)
})
