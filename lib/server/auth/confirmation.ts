import 'server-only'
import { container } from '#lib/composition/container.ts'
import { Failure } from '#lib/domain/failure.ts'
import { textOf } from '../forms/read-form.ts'
import { requireFormSession, requireUser } from './session.ts'

/**
 * « Confirmez que c'est vous », before something that would turn a stolen session into an account: what the form brings for
 * it is verified; without it, a proof of a short while ago will do.
 *
 * @throws Failure `session_ended`, `confirmation_needed`, `confirmation_wrong`, `too_many_attempts`
 */
export const requireConfirmed = async (form: FormData): Promise<void> => {
  const session = await requireFormSession()
  const { sessions, confirmIdentity } = await container()
  const password = textOf(form, 'confirmPassword')
  if (password !== '') return confirmIdentity.byPassword(session, password)
  if (!sessions.isConfirmed(session)) throw new Failure('confirmation_needed')
}

/** Whether whoever is signed in has a password that counts here. */
export const provesByPassword = async (): Promise<boolean> => {
  const user = await requireUser()
  const { manageAccount, passwordSignIn } = await container()
  return (await manageAccount.read(user)).hasPassword && !(await passwordSignIn.isOff())
}
