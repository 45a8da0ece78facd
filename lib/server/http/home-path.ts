import type { Role } from '#lib/domain/accounts/user.ts'

const homes: Record<Role, string> = {
  admin: '/administratif/cle-de-securite',
  reader: '/administratif/journal',
  support: '/support',
}

/** Where somebody who signed in begins; `/` answers the same, but an action's redirect would stay at that address. */
export const homePathOf = (role: Role): string => homes[role]
