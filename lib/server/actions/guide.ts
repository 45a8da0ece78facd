'use server'

import { revalidatePath } from 'next/cache'
import { redirect } from 'next/navigation'
import { container } from '../container.ts'
import { buttonAction, formAction } from '../form-action.ts'
import { guideStepForm } from '../forms/connection.ts'
import { readForm } from '../forms/read-form.ts'
import { guideRoute as route, stepAddress } from '../guide-address.ts'
import { readGuidePage } from '../guide-page.ts'
import { requireFormAdmin } from '../session.ts'

/** « Continuer »: the step is done, and the next one opens. */
export const continueGuide = formAction(
  { route, kept: ['integrationName', 'shortDescription'], secrets: [] },
  async (form) => {
    const admin = await requireFormAdmin()
    const { step, ...typed } = readForm(guideStepForm, form)
    const { followGuide } = await container()
    await followGuide.finish(admin, step, typed)
    revalidatePath(route)
    const { next } = await readGuidePage(String(stepAddress(step).number))
    return redirect(stepAddress(next).href)
  },
)

/** Draws the page anew for a browser that looks at it for a while. */
export const lookAgain = buttonAction(route, async () => {
  await requireFormAdmin()
  revalidatePath(route)
})
