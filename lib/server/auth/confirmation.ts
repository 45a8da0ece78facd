import 'server-only'
import { container } from '#lib/composition/container.ts'
import type { LiveSession } from '#lib/domain/accounts/session.ts'
import { Failure } from '#lib/domain/failure.ts'
import { knownBrowser } from '../cookies/known-browser.ts'
import { textOf } from '../forms/read-form.ts'
import { currentSession, keepSession, requireEnrolling, requireUser } from './session.ts'

/**
 * « Confirmez que c'est vous », before something that would turn a stolen session into an account: what the form brings for
 * it is verified, and the session goes on under a new id; without it, a proof of a short while ago will do.
 *
 * @returns the session to go on with
 * @throws Failure `session_ended`, `confirmation_needed`, `confirmation_wrong`, `passkey_refused`, `too_many_attempts`
 */
export const requireConfirmed = async (form: FormData): Promise<LiveSession> => {
  const session = await requireEnrolling()
  const { sessions, confirmIdentity, secondFactor } = await container()
  const passkey = textOf(form, 'confirmPasskey')
  if (passkey !== '') return keepSession(await secondFactor.byPasskey(session, passkey, await knownBrowser()))
  const password = textOf(form, 'confirmPassword')
  if (password !== '') return keepSession(await confirmIdentity.byPassword(session, password))
  if (!sessions.isConfirmed(session)) throw new Failure('confirmation_needed')
  return session
}

/** What whoever is signed in can prove it by. */
export const readProofs = async (): Promise<{ password: boolean; passkey: boolean; company: boolean }> => {
  const session = await currentSession()
  if (!session) return { password: false, passkey: false, company: false }
  const { manageAccount, passwordSignIn, secondFactor, oidc } = await container()
  const [{ hasPassword, company }, off, { passkey }] = await Promise.all([
    manageAccount.read(session.user),
    passwordSignIn.isOff(),
    secondFactor.offers(session),
  ])
  return { password: hasPassword && !off, passkey, company: company && oidc !== null }
}

/** Whether a sensitive form would be answered without asking. */
export const isConfirmedNow = async (): Promise<boolean> => {
  await requireUser()
  const session = await currentSession()
  const { sessions } = await container()
  return session !== null && sessions.isConfirmed(session)
}
