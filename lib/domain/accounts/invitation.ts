import { dayMs } from '../duration.ts'
import type { TenantId } from './tenant.ts'
import type { Locale, Role } from './user.ts'

/** How long an invitation can be accepted. */
export const invitationLifeMs = 7 * dayMs

/** What is kept of an invitation: never its token. */
export interface NewInvitation {
  /** Of the user that comes of it, too. */
  id: string
  /** Null for support staff. */
  tenantId: TenantId | null
  role: Role
  /** Folded. */
  email: string
  name: string
  locale: Locale
  /** The user who invites; null for the operator. */
  invitedBy: string | null
  tokenHash: string
  createdAt: Date
  expiresAt: Date
}

/** Whom a live invitation is for. */
export interface Invitee {
  id: string
  tenantId: TenantId | null
  /** Null for support staff. */
  tenantName: string | null
  role: Role
  email: string
  name: string
  locale: Locale
  /** Somebody has this address already: an address gives one access. */
  hasAccount: boolean
}
