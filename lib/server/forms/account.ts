import { z } from 'zod'
import { checkEmail, checkName, checkPassword } from '#lib/domain/accounts/account-validation.ts'
import { checked, report, text } from './read-form.ts'

const passwords = { password: text, passwordAgain: text }

const checkPasswords = (
  { password, passwordAgain }: Record<keyof typeof passwords, string>,
  context: z.RefinementCtx,
) => report(context, checkPassword(password, passwordAgain))

/** Signing in tells nothing of what is wrong. */
export const signInForm = z.object({ intent: text, next: text, email: text, password: text })

export const acceptanceForm = z
  .object({ token: text, name: checked(checkName), ...passwords })
  .superRefine(checkPasswords)

/** An invitation, where the company lets people in. */
export const nameForm = z.object({ token: text, name: checked(checkName) })

export const resetRequestForm = z.object({ email: checked(checkEmail) })

export const newPasswordForm = z.object({ token: text, ...passwords }).superRefine(checkPasswords)

export const firstSupportForm = z
  .object({ token: text, email: checked(checkEmail), name: checked(checkName), ...passwords })
  .superRefine(checkPasswords)
