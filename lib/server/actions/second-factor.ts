'use server'

import { revalidatePath } from 'next/cache'
import { redirect } from 'next/navigation'
import { container } from '#lib/composition/container.ts'
import { Failure } from '#lib/domain/failure.ts'
import type { NewFactor } from '#lib/use-cases/factors/manage-factors.ts'
import { requireConfirmed } from '../auth/confirmation.ts'
import { deepLinkOf } from '../auth/deep-link.ts'
import { postSignInPath } from '../auth/post-sign-in.ts'
import { currentSession, keepSession, requireFormSession } from '../auth/session.ts'
import { knownBrowser, rememberBrowser } from '../cookies/known-browser.ts'
import { readForm } from '../forms/read-form.ts'
import { factorForm, passkeyForm, removalForm, totpForm } from '../forms/second-factor.ts'
import { formAction, type Outcome } from '../http/server-action.ts'

const requireAnySession = async () => {
  const session = await currentSession()
  if (!session) throw new Failure('session_ended')
  return session
}

/** « Code de vérification »: opens the session whose password was right. */
export const enterFactor = formAction(
  { route: '/connexion/second-facteur', preserved: ['by'], secrets: ['code'] },
  async (form) => {
    const session = await requireAnySession()
    const { by, code, passkey, next } = readForm(factorForm, form)
    const { secondFactor } = await container()
    const browser = await knownBrowser()
    if (by === 'passkey') await keepSession(await secondFactor.byPasskey(session, passkey, browser))
    else if (by === 'totp') await keepSession(await secondFactor.byCode(session, code, browser))
    else await keepSession(await secondFactor.byRecoveryCode(session, code, browser))
    await rememberBrowser(session.user.id)
    return redirect(await postSignInPath(session.user, deepLinkOf(next)))
  },
)

/** What the browser is to sign, to prove that it has one of the user's passkeys. */
export const askPasskey = formAction({ route: '/connexion/second-facteur', preserved: [], secrets: [] }, async () => {
  const { secondFactor } = await container()
  return { given: { options: await secondFactor.askPasskey(await requireAnySession()) } }
})

const route = '/mon-compte/second-facteur'

/** Recovery codes are shown this once. */
const shown = async ({ codes, renewed }: NewFactor): Promise<Outcome> => {
  await keepSession(renewed)
  return { given: codes ? { codes: codes.join(' ') } : { done: 'added' } }
}

/** The app stays the one that was read, however often its code is mistyped. */
export const addTotp = formAction({ route, preserved: [], secrets: ['confirmPassword'] }, async (form) => {
  const session = await requireConfirmed(form)
  const { sealed, code } = readForm(totpForm, form)
  const { manageFactors } = await container()
  try {
    return await shown(await manageFactors.addTotp(session, sealed, code))
  } catch (error) {
    if (!(error instanceof Failure && error.code === 'code_wrong')) throw error
    const offer = await manageFactors.offerTotp(session.user, sealed)
    return {
      problems: [{ code: error.code, field: 'code' }],
      given: { sealed: offer.sealed, secret: offer.secret, size: String(offer.qr.size), path: offer.qr.path },
    }
  }
})

/** What the browser is to sign with a passkey that it makes. */
export const askNewPasskey = formAction({ route, preserved: [], secrets: ['confirmPassword'] }, async (form) => {
  const session = await requireConfirmed(form)
  const { manageFactors } = await container()
  return { given: { options: await manageFactors.askPasskey(session) } }
})

export const addPasskey = formAction({ route, preserved: ['name'], secrets: ['confirmPassword'] }, async (form) => {
  const session = await requireConfirmed(form)
  const { name, passkey } = readForm(passkeyForm, form)
  // who was asked to confirm first makes the passkey now
  if (passkey === '') return { done: false }
  const { manageFactors } = await container()
  return shown(await manageFactors.addPasskey(session, passkey, name))
})

/** « Retirer » */
export const removeFactor = formAction(
  { route: '/mon-compte', preserved: ['which'], secrets: ['confirmPassword'] },
  async (form) => {
    const { user } = await requireFormSession()
    await requireConfirmed(form)
    const { which, passkey } = readForm(removalForm, form)
    const { manageFactors } = await container()
    await manageFactors.remove(user, which === 'totp' ? which : { passkey })
    revalidatePath('/mon-compte')
    return {}
  },
)

/** « En refaire dix » */
export const renewCodes = formAction(
  { route: '/mon-compte', preserved: [], secrets: ['confirmPassword'] },
  async (form) => {
    const { user } = await requireFormSession()
    await requireConfirmed(form)
    const { manageFactors } = await container()
    return { given: { codes: (await manageFactors.renewCodes(user)).join(' ') } }
  },
)
