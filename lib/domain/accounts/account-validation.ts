import type { FailureCode } from '../failure-codes.ts'
import { hasInvisible } from '../invisible.ts'
import { foldEmail, passwordLength } from './user.ts'

const localPart = "[a-z0-9.!#$%&'*+/=?^_`{|}~-]{1,64}"
const label = '[a-z0-9](?:[a-z0-9-]{0,61}[a-z0-9])?'
const address = new RegExp(`^${localPart}@${label}(?:\\.${label})*$`)

/** Not a proof that an address exists: only what certainly is none. RFC 5321 caps it at 254 characters. */
export const checkEmail = (typed: string): FailureCode[] => {
  const email = foldEmail(typed)
  return email.length <= 254 && address.test(email) ? [] : ['email_malformed']
}

/** A person's, a tenant's or a key's name as it is stored: composed, without blanks around. */
export const normalizeName = (typed: string): string => typed.normalize('NFC').trim()

export const checkName = (typed: string, code: FailureCode = 'name_missing'): FailureCode[] => {
  const name = normalizeName(typed)
  return name === '' || name.length > 120 || hasInvisible(name) ? [code] : []
}

/** Counted and compared as it is hashed: composed. */
export const checkPassword = (typed: string, again = typed): FailureCode[] => {
  const password = typed.normalize('NFC')
  if (password.length < passwordLength.least) return ['password_too_short']
  if (password.length > passwordLength.most) return ['password_too_long']
  return password === again.normalize('NFC') ? [] : ['passwords_differ']
}

/** Names that somebody who guesses a password begins with. */
export const guessableNames = (user: { email: string; name: string; tenantName: string | null }): string[] => [
  ...['Porte-clés', 'Teamleader', 'téo', 'Pro+', 'ProPlus'],
  ...[user.email, user.name, user.tenantName ?? ''],
]
