import { hasInvisible } from '../invisible.ts'
import type { TenantId } from './tenant.ts'

/** What somebody of a customer may be. */
export const tenantRoles = ['admin', 'reader'] as const
export type TenantRole = (typeof tenantRoles)[number]
export type Role = TenantRole | 'support'

export const locales = ['fr', 'nl', 'en'] as const
export type Locale = (typeof locales)[number]

interface UserBase {
  id: string
  email: string
  name: string
  locale: Locale
  /** An IANA name; without it the clock of the app holds. */
  timeZone?: string | null
  /** Where the request of this user came from, where it is known; a gate says it. */
  ip?: string | null
}

/** Somebody of a customer, always of one tenant. */
interface OfTenant extends UserBase {
  tenantId: TenantId
  tenantName: string
}

export interface Admin extends OfTenant {
  role: 'admin'
}

/** Reads the customer's pages and changes nothing. */
export interface Reader extends OfTenant {
  role: 'reader'
}

export type Member = Admin | Reader

export interface SupportUser extends UserBase {
  role: 'support'
}

export type User = Member | SupportUser

/** Null for support staff. */
export const tenantOf = (user: User): TenantId | null => (user.role === 'support' ? null : user.tenantId)

/** A domain in ASCII, as IDNA writes it; what is no domain stays as it is, for `checkEmail` to refuse. */
const asciiDomain = (domain: string): string => {
  // the URL parser passes over what is drawn as nothing
  if (/^[\x20-\x7e]*$/.test(domain) || hasInvisible(domain)) return domain
  const url = `http://${domain}`
  return /^[^/?#@:\\]+$/.test(domain) && URL.canParse(url) ? new URL(url).hostname : domain
}

/** E-mail addresses are compared folded: composed, without case or blanks around, their domain in ASCII. */
export const foldEmail = (typed: string): string => {
  const email = typed.normalize('NFC').trim().toLowerCase()
  const domainAt = email.lastIndexOf('@') + 1
  return email.slice(0, domainAt) + asciiDomain(email.slice(domainAt))
}

/** What stands in the place of an address that was released: nobody's, for good (RFC 2606). */
export const releasedEmail = (userId: string): string => `${userId}@released.invalid`

export const isReleased = (email: string): boolean => email.endsWith('@released.invalid')

/** At least 12 characters, at most 200 (argon2 takes any length; the cap bounds its work). */
export const passwordLength = { least: 12, most: 200 }
