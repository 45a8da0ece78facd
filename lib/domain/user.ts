import type { TenantId } from './tenant.ts'

export const roles = ['admin', 'support'] as const
export type Role = (typeof roles)[number]

export const locales = ['fr', 'nl', 'en'] as const
export type Locale = (typeof locales)[number]

interface Person {
  id: string
  email: string
  name: string
  locale: Locale
  /** Where the request of this user came from, where it is known; a gate says it. */
  from?: string | null
}

/** A customer's administrator, always of one tenant. */
export interface Admin extends Person {
  role: 'admin'
  tenantId: TenantId
  tenantName: string
}

export interface SupportUser extends Person {
  role: 'support'
}

export type User = Admin | SupportUser

/** E-mail addresses are compared folded: no case, no blanks around. */
export const foldEmail = (typed: string) => typed.trim().toLowerCase()

/** At least 12 characters, at most 200 (argon2 takes any length; the cap bounds its work). */
export const passwordLength = { least: 12, most: 200 }
