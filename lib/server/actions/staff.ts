'use server'

import { revalidatePath } from 'next/cache'
import { notFound, redirect } from 'next/navigation'
import { container } from '#lib/composition/container.ts'
import { requireConfirmed } from '../auth/confirmation.ts'
import { requireFormSupport } from '../auth/session.ts'
import { readForm } from '../forms/read-form.ts'
import { staffInvitationForm, staffOperationForm } from '../forms/users.ts'
import { formAction, type Outcome } from '../http/server-action.ts'

const route = '/support/utilisateurs'

/** Support invites somebody of its own. */
export const inviteColleague = formAction(
  { route, preserved: ['email', 'name'], secrets: ['confirmPassword'] },
  async (form) => {
    const support = await requireFormSupport()
    const typed = readForm(staffInvitationForm, form)
    await requireConfirmed(form)
    const { inviteUsers } = await container()
    try {
      const delivery = await inviteUsers.invite(support, { ...typed, role: 'support' })
      return { given: delivery.kind === 'mailed' ? { done: 'invited' } : { link: delivery.link } }
    } finally {
      // the invitation is in the list even when its mail was not sent
      revalidatePath(route)
    }
  },
)

/** A button in the row of somebody of support; 404 for anybody else. */
export const manageColleague = formAction(
  { route, preserved: ['operation'], secrets: ['confirmPassword'] },
  async (form): Promise<Outcome> => {
    const support = await requireFormSupport()
    const { userId, operation, seenState } = readForm(staffOperationForm, form)
    const { inviteUsers, manageUsers, manageFactors, eraseDeactivated } = await container()
    const user = (await manageUsers.find(support, userId)) ?? notFound()
    if (operation !== 'revoke') await requireConfirmed(form)
    try {
      if (operation === 'invite_again') {
        const delivery = await inviteUsers.again(support, user)
        return { given: delivery.kind === 'mailed' ? { done: 'invited' } : { link: delivery.link } }
      }
      if (operation === 'revoke') {
        await inviteUsers.revoke(support, user)
        return { given: { done: 'revoked' } }
      }
      if (operation === 'reset_factor') {
        await manageFactors.resetColleague(support, user)
        return { given: { done: 'factor_reset' } }
      }
      if (operation === 'erase') {
        await eraseDeactivated(support, user)
        // the row that could say so is gone
        redirect(`${route}?done=erased`)
      }
      await manageUsers.change(support, user, { role: 'support', state: seenState }, { kind: operation })
      return { given: { done: operation === 'reactivate' ? 'reactivated' : 'changed' } }
    } finally {
      revalidatePath(route)
    }
  },
)
