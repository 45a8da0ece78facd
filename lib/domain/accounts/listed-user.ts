import type { Locale, TenantRole } from './user.ts'

/** `invited`: has chosen no password yet. */
export const userStates = ['invited', 'active', 'deactivated'] as const
export type UserState = (typeof userStates)[number]

/** Somebody of a customer, as the customer's admins see them. */
export interface ListedUser {
  id: string
  email: string
  name: string
  locale: Locale
  role: TenantRole
  state: UserState
  /** Until when the invitation can be accepted; null when there is none, or none any more. */
  invitedUntil: Date | null
  lastSignInAt: Date | null
}

/** What a page showed of a user: a change stands on it. */
export type SeenUser = Pick<ListedUser, 'role' | 'state'>

export type UserChange = { kind: 'change_role'; role: TenantRole } | { kind: 'deactivate' } | { kind: 'reactivate' }

/** Whether what a change asks for is so already: pressed twice, or by two admins at once. */
export const isDone = (change: UserChange, { role, state }: SeenUser): boolean =>
  change.kind === 'change_role' ? role === change.role : (state === 'deactivated') === (change.kind === 'deactivate')

/** Whether a change leaves the customer with one active admin less. */
export const takesAnAdmin = (change: UserChange, { role, state }: SeenUser): boolean =>
  role === 'admin' && state === 'active' && change.kind !== 'reactivate'
