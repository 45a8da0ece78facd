'use server'

import { revalidatePath } from 'next/cache'
import { notFound, redirect } from 'next/navigation'
import { Failure } from '#lib/domain/failure.ts'
import { type FailureCode, fieldOf } from '#lib/domain/failure-codes.ts'
import type { ListedUser, SeenUser, UserChange } from '#lib/domain/listed-user.ts'
import type { Handover } from '#lib/domain/one-time-link.ts'
import { checkEmail, checkName } from '#lib/domain/sign-up.ts'
import { type Admin, foldEmail, tenantRoles } from '#lib/domain/user.ts'
import { container } from '../container.ts'
import { formAction, type Outcome, textOf } from '../form-action.ts'
import type { PersonDeed } from '../people-page.ts'
import { requireFormAdmin } from '../session.ts'

const route = '/administratif/utilisateurs'

/** Which words say that all went well, and the link where it was not mailed. */
const told = (done: 'invited' | 'password', handover: Handover): Outcome => ({
  given: handover.kind === 'mailed' ? { done } : { link: handover.link },
})

const run = async (work: () => Promise<Outcome>): Promise<Outcome> => {
  try {
    return await work()
  } finally {
    // what happened is in the list even when its mail was not sent
    revalidatePath(route)
  }
}

export const inviteUser = formAction({ route, kept: ['email', 'name', 'role'], secrets: [] }, async (form) => {
  const admin = await requireFormAdmin()
  const [email, name] = [textOf(form, 'email'), textOf(form, 'name')]
  const role = tenantRoles.find((known) => known === textOf(form, 'role'))
  const codes: FailureCode[] = [
    ...checkEmail(foldEmail(email)),
    ...(checkName(name.trim()).length > 0 ? (['person_name_missing'] as const) : []),
    ...(role ? [] : (['role_missing'] as const)),
  ]
  if (codes.length > 0 || !role) return { problems: codes.map((code) => ({ code, field: fieldOf(code) })) }
  const { inviteUsers } = await container()
  return run(async () => told('invited', await inviteUsers.invite(admin, { email, name, role })))
})

const changes: Record<Exclude<PersonDeed, 'invite_again' | 'send_password'>, UserChange> = {
  to_reader: { kind: 'change_role', role: 'reader' },
  to_admin: { kind: 'change_role', role: 'admin' },
  deactivate: { kind: 'deactivate' },
  reactivate: { kind: 'reactivate' },
}

const states = ['invited', 'active', 'deactivated'] as const

/** What the page showed when the button was pressed. */
const readSeen = (form: FormData): SeenUser => {
  const role = tenantRoles.find((known) => known === textOf(form, 'seenRole'))
  const state = states.find((known) => known === textOf(form, 'seenState'))
  if (!role || !state) throw new Failure('user_changed')
  return { role, state }
}

const doTo = async (admin: Admin, user: ListedUser, deed: string, form: FormData): Promise<Outcome> => {
  const { inviteUsers, requestPassword, changeUsers } = await container()
  if (deed === 'invite_again') return told('invited', await inviteUsers.again(admin, user))
  if (deed === 'send_password') return told('password', await requestPassword.offer(admin, user))
  const change = Object.hasOwn(changes, deed) ? changes[deed as keyof typeof changes] : null
  if (!change) throw new Failure('user_changed')
  await changeUsers.change(admin, user, readSeen(form), change)
  // whoever changed their own access was signed out by it
  if (user.id === admin.id) redirect('/connexion')
  return { given: { done: change.kind === 'reactivate' ? 'reactivated' : 'changed' } }
}

/** A button in the row of somebody; 404 for whoever is not of the admin's tenant. */
export const manageUser = formAction({ route, kept: [], secrets: [] }, async (form) => {
  const admin = await requireFormAdmin()
  const { changeUsers } = await container()
  const user = (await changeUsers.find(admin, textOf(form, 'userId'))) ?? notFound()
  return run(() => doTo(admin, user, textOf(form, 'deed'), form))
})
