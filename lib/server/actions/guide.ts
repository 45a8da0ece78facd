'use server'

import { revalidatePath } from 'next/cache'
import { redirect } from 'next/navigation'
import { container } from '#lib/composition/container.ts'
import { requireFormAdmin } from '../auth/session.ts'
import { guideStepForm } from '../forms/connection.ts'
import { readForm } from '../forms/read-form.ts'
import { guideRoute as route, stepPath } from '../http/guide-path.ts'
import { buttonAction, formAction } from '../http/server-action.ts'
import { readGuidePage } from '../loaders/guide/guide-page.ts'

/** « Continuer »: the step is done, and the next one opens. */
export const continueGuide = formAction(
  { route, preserved: ['integrationName', 'shortDescription'], secrets: [] },
  async (form) => {
    const admin = await requireFormAdmin()
    const { step, ...typed } = readForm(guideStepForm, form)
    const { guideProgress } = await container()
    await guideProgress.finish(admin, step, typed)
    revalidatePath(route)
    const { next } = await readGuidePage(String(stepPath(step).number))
    return redirect(stepPath(next).href)
  },
)

/** Draws the page anew for a browser that looks at it for a while. */
export const autoRefresh = buttonAction(route, async () => {
  await requireFormAdmin()
  revalidatePath(route)
})
