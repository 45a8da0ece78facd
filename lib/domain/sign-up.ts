import type { FailureCode } from './failure-codes.ts'
import { passwordLength } from './user.ts'

/** Not a proof that an address exists: only what certainly is none. RFC 5321 caps it at 254 characters. */
export const checkEmail = (folded: string): FailureCode[] =>
  folded.length <= 254 && /^[^\s@]+@[^\s@]+$/.test(folded) ? [] : ['email_malformed']

/** A person's or a tenant's name, blanks around aside. */
export const checkName = (name: string): FailureCode[] => (name === '' || name.length > 120 ? ['name_missing'] : [])

export const checkPassword = (password: string, again = password): FailureCode[] => {
  if (password.length < passwordLength.least) return ['password_too_short']
  if (password.length > passwordLength.most) return ['password_too_long']
  return password === again ? [] : ['passwords_differ']
}
