import { z } from 'zod'
import { checkEmail, checkName, checkPassword } from '#lib/domain/accounts/account-validation.ts'
import { locales } from '#lib/domain/accounts/user.ts'
import { checked, report, text } from './read-form.ts'

const isTimeZone = (name: string) => {
  try {
    return Boolean(new Intl.DateTimeFormat('en', { timeZone: name }))
  } catch {
    return false
  }
}

export const profileForm = z.object({
  name: checked(checkName),
  email: checked(checkEmail),
  locale: z.enum(locales),
  timeZone: text.refine((name) => name.length < 64 && isTimeZone(name)),
})

export const passwordForm = z
  .object({ currentPassword: text, password: text, passwordAgain: text })
  .superRefine(({ password, passwordAgain }, context) => report(context, checkPassword(password, passwordAgain)))

export const closeSessionForm = z.object({ session: text })

export const emailLinkForm = z.object({ token: text })
