import type { Locale, Role, TenantRole } from './user.ts'

/** `invited`: an invitation waits; no user was made yet. */
export const userStates = ['invited', 'active', 'deactivated'] as const
export type UserState = (typeof userStates)[number]

/** Somebody of a customer as its admins see them, or of support as support does. */
export interface ListedUser {
  /** Of the user, or of the invitation that waits. */
  id: string
  email: string
  name: string
  locale: Locale
  role: Role
  state: UserState
  /** Until when the invitation can be accepted; null for a user. */
  invitedUntil: Date | null
  lastSignInAt: Date | null
  hasFactor: boolean
}

/** What a page showed of a user: a change stands on it. */
export type SeenUser = Pick<ListedUser, 'role' | 'state'>

export type UserChange = { kind: 'change_role'; role: TenantRole } | { kind: 'deactivate' } | { kind: 'reactivate' }

/** Whether what a change asks for is so already: pressed twice, or by two at once. */
export const isDone = (change: UserChange, { role, state }: SeenUser): boolean =>
  change.kind === 'change_role' ? role === change.role : (state === 'deactivated') === (change.kind === 'deactivate')

/** Whether a change leaves one less of those who decide: active admins of a customer, active people of support. */
export const takesDecider = (change: UserChange, { role, state }: SeenUser): boolean =>
  role !== 'reader' && state === 'active' && change.kind !== 'reactivate'
