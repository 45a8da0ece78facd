'use server'

import { revalidatePath } from 'next/cache'
import { redirect } from 'next/navigation'
import { container } from '#lib/composition/container.ts'
import { foldEmail } from '#lib/domain/accounts/user.ts'
import { requireConfirmed } from '../auth/confirmation.ts'
import { saveLocale } from '../auth/locale.ts'
import { startOidc } from '../auth/oidc/oidc-start.ts'
import { keepSession, requireFormSession } from '../auth/session.ts'
import { closeSessionForm, emailLinkForm, passwordForm, profileForm } from '../forms/my-account.ts'
import { readForm } from '../forms/read-form.ts'
import { requestIp } from '../http/request-ip.ts'
import { formAction } from '../http/server-action.ts'

const route = '/mon-compte'

/** « Vous »: all but the address is saved at once; a new address waits for its link. */
export const saveProfile = formAction(
  { route, preserved: ['name', 'email', 'locale', 'timeZone'], secrets: ['confirmPassword'] },
  async (form) => {
    const { user } = await requireFormSession()
    const { email, ...typed } = readForm(profileForm, form)
    const { manageAccount } = await container()
    const moves = foldEmail(email) !== user.email
    if (moves) await requireConfirmed(form)
    await manageAccount.save(user, typed)
    await saveLocale(typed.locale)
    if (moves) await manageAccount.askEmail(user, email)
    revalidatePath(route)
    return { given: { done: moves ? 'asked' : 'saved' } }
  },
)

/** « Renoncer »: the address stays as it is. */
export const withdrawEmail = formAction({ route, preserved: [], secrets: [] }, async () => {
  const { user } = await requireFormSession()
  const { manageAccount } = await container()
  await manageAccount.withdrawEmail(user)
  revalidatePath(route)
  return {}
})

export const changePassword = formAction(
  { route, preserved: [], secrets: ['currentPassword', 'password', 'passwordAgain'] },
  async (form) => {
    const session = await requireFormSession()
    const { currentPassword, password } = readForm(passwordForm, form)
    const { manageAccount } = await container()
    await keepSession(await manageAccount.changePassword(session, session.user, currentPassword, password))
    revalidatePath(route)
    return {}
  },
)

/** « Fermer » */
export const closeSession = formAction({ route, preserved: [], secrets: ['confirmPassword'] }, async (form) => {
  const { user } = await requireFormSession()
  await requireConfirmed(form)
  const { session } = readForm(closeSessionForm, form)
  const { sessions } = await container()
  await sessions.close(user, { only: session })
  revalidatePath(route)
  return {}
})

/** « Fermer toutes les autres » */
export const closeOtherSessions = formAction({ route, preserved: [], secrets: ['confirmPassword'] }, async (form) => {
  await requireFormSession()
  const { id, user } = await requireConfirmed(form)
  const { sessions } = await container()
  await sessions.close(user, { allBut: id })
  revalidatePath(route)
  return {}
})

/** In a tab of its own: the session that comes of it takes this one's place. */
export const confirmByCompany = formAction(
  { route: '/mon-compte/confirmation', preserved: [], secrets: [] },
  async () => {
    const { user } = await requireFormSession()
    return redirect(await startOidc({ deepLink: '/mon-compte/confirmation', confirms: user.id }))
  },
)

/** By whoever holds the link, signed in or not: it was mailed to the new address alone. */
export const confirmEmail = formAction({ route: '/adresse/[token]', preserved: [], secrets: [] }, async (form) => {
  const { token } = readForm(emailLinkForm, form)
  const { manageAccount } = await container()
  await manageAccount.confirmEmail(token, await requestIp())
  // which says that the address is confirmed, whoever opens it again
  return redirect(`/adresse/${encodeURIComponent(token)}`)
})
