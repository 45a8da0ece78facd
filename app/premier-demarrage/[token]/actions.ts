'use server'

import { redirect } from 'next/navigation'
import { readFirstSupport } from '#lib/server/account-forms.ts'
import { container } from '#lib/server/container.ts'
import { formAction } from '#lib/server/form-action.ts'
import { keepSession } from '#lib/server/session.ts'

export const createFirstSupport = formAction(
  { route: '/premier-demarrage/[token]', kept: ['email', 'name'], secrets: ['password', 'passwordAgain'] },
  async (form) => {
    const { typed, problems } = readFirstSupport(form)
    if (problems.length > 0) return { problems }
    const { startFirstRun } = await container()
    await keepSession(await startFirstRun.create(typed))
    return redirect('/')
  },
)
