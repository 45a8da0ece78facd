'use server'

import { redirect } from 'next/navigation'
import { readAcceptance } from '#lib/server/account-forms.ts'
import { container } from '#lib/server/container.ts'
import { formAction } from '#lib/server/form-action.ts'
import { keepSession } from '#lib/server/session.ts'

export const acceptInvitation = formAction(
  { route: '/invitation/[token]', kept: ['name'], secrets: ['password', 'passwordAgain'] },
  async (form) => {
    const { typed, problems } = readAcceptance(form)
    if (problems.length > 0) return { problems }
    const { acceptInvitation: verb } = await container()
    await keepSession(await verb.accept(typed))
    return redirect('/')
  },
)
