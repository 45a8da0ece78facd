'use server'

import { revalidatePath } from 'next/cache'
import { notFound, redirect } from 'next/navigation'
import type { z } from 'zod'
import { container } from '#lib/composition/container.ts'
import type { ListedUser, UserChange } from '#lib/domain/accounts/listed-user.ts'
import type { LinkDelivery } from '#lib/domain/accounts/one-time-link.ts'
import type { Admin } from '#lib/domain/accounts/user.ts'
import { requireConfirmed } from '../auth/confirmation.ts'
import { requireFormAdmin } from '../auth/session.ts'
import { readForm } from '../forms/read-form.ts'
import { invitationForm, userOperationForm } from '../forms/users.ts'
import { formAction, type Outcome } from '../http/server-action.ts'

const route = '/administratif/utilisateurs'

/** The invitation's link, where it was not mailed. */
const invited = (delivery: LinkDelivery): Outcome => ({
  given: delivery.kind === 'mailed' ? { done: 'invited' } : { link: delivery.link },
})

const run = async (work: () => Promise<Outcome>): Promise<Outcome> => {
  try {
    return await work()
  } finally {
    // what happened is in the list even when its mail was not sent
    revalidatePath(route)
  }
}

export const inviteUser = formAction(
  { route, preserved: ['email', 'name', 'role'], secrets: ['confirmPassword'] },
  async (form) => {
    const admin = await requireFormAdmin()
    const guest = readForm(invitationForm, form)
    const { inviteUsers, mailer } = await container()
    if (!mailer.configured) await requireConfirmed(form)
    return run(async () => invited(await inviteUsers.invite(admin, guest)))
  },
)

type Typed = z.output<typeof userOperationForm>

const changes: Record<
  Exclude<Typed['operation'], 'invite_again' | 'revoke' | 'erase' | 'send_password'>,
  UserChange
> = {
  to_reader: { kind: 'change_role', role: 'reader' },
  to_admin: { kind: 'change_role', role: 'admin' },
  deactivate: { kind: 'deactivate' },
  reactivate: { kind: 'reactivate' },
}

/** What would turn a stolen session into an account, or cannot be undone. */
const confirmed = new Set<Typed['operation']>(['to_reader', 'to_admin', 'erase'])

const doTo = async (admin: Admin, user: ListedUser, { operation, seenRole, seenState }: Typed): Promise<Outcome> => {
  const { inviteUsers, requestPasswordReset, manageUsers, eraseDeactivated } = await container()
  if (operation === 'invite_again') return invited(await inviteUsers.again(admin, user))
  if (operation === 'revoke') {
    await inviteUsers.revoke(admin, user)
    return { given: { done: 'revoked' } }
  }
  if (operation === 'erase') {
    await eraseDeactivated(admin, user)
    // the row that could say so is gone
    redirect(`${route}?done=erased`)
  }
  if (operation === 'send_password') {
    await requestPasswordReset.offer(admin, user)
    return { given: { done: 'password' } }
  }
  const change = changes[operation]
  await manageUsers.change(admin, user, { role: seenRole, state: seenState }, change)
  // whoever changed their own access was signed out by it
  if (user.id === admin.id) redirect('/connexion')
  return { given: { done: change.kind === 'reactivate' ? 'reactivated' : 'changed' } }
}

/** A button in the row of somebody; 404 for whoever is not of the admin's tenant. */
export const manageUser = formAction(
  { route, preserved: ['operation'], secrets: ['confirmPassword'] },
  async (form) => {
    const admin = await requireFormAdmin()
    const typed = readForm(userOperationForm, form)
    const { manageUsers, mailer } = await container()
    const user = (await manageUsers.find(admin, typed.userId)) ?? notFound()
    const { operation } = typed
    const showsLink = !mailer.configured && operation === 'invite_again'
    if (showsLink || confirmed.has(operation)) await requireConfirmed(form)
    return run(() => doTo(admin, user, typed))
  },
)
