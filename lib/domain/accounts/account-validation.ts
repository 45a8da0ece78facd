import type { FailureCode } from '../failure-codes.ts'
import { foldEmail, passwordLength } from './user.ts'

/** Not a proof that an address exists: only what certainly is none. RFC 5321 caps it at 254 characters. */
export const checkEmail = (typed: string): FailureCode[] => {
  const email = foldEmail(typed)
  return email.length <= 254 && /^[^\s@]+@[^\s@]+$/.test(email) ? [] : ['email_malformed']
}

/** A person's or a tenant's name, blanks around aside. */
export const checkName = (typed: string, code: FailureCode = 'name_missing'): FailureCode[] => {
  const name = typed.trim()
  return name === '' || name.length > 120 ? [code] : []
}

export const checkPassword = (password: string, again = password): FailureCode[] => {
  if (password.length < passwordLength.least) return ['password_too_short']
  if (password.length > passwordLength.most) return ['password_too_long']
  return password === again ? [] : ['passwords_differ']
}
