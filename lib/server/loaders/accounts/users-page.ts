import 'server-only'
import { container } from '#lib/composition/container.ts'
import type { ListedUser } from '#lib/domain/accounts/listed-user.ts'
import { requireAdmin, requireSupport } from '#lib/server/auth/session.ts'
import type { staffOperations, userOperations } from '#lib/server/forms/users.ts'

export type UserOperation = (typeof userOperations)[number] | (typeof staffOperations)[number]

export interface UserListItem extends ListedUser {
  isMe: boolean
  actions: readonly UserOperation[]
}

export interface UsersPage {
  tenantName: string
  users: UserListItem[]
  /** The signed-in admin is the only active one. */
  alone: boolean
  /** Without it links are shown once, to pass on. */
  mailed: boolean
  now: Date
}

/** One's own access is changed by somebody else: nobody locks themselves out by a slip. */
const actionsFor = ({ role, state }: ListedUser, isMe: boolean, mailed: boolean): UserOperation[] => {
  // a link for a password goes to whose it is, or nowhere
  const password = mailed ? (['send_password'] as const) : []
  if (isMe) return [...password]
  if (state === 'invited') return ['invite_again', 'revoke']
  if (state === 'deactivated') return ['reactivate', 'erase']
  return [...password, role === 'admin' ? 'to_reader' : 'to_admin', 'deactivate']
}

const byName = (a: ListedUser, b: ListedUser) => a.name.localeCompare(b.name, 'fr')

export const readUsers = async (): Promise<UsersPage> => {
  const admin = await requireAdmin()
  const { manageUsers, mailer, clock } = await container()
  const users = await manageUsers.list(admin)
  const admins = users.filter(({ role, state }) => role === 'admin' && state === 'active')
  return {
    tenantName: admin.tenantName,
    // databases sort capitals and accents each in their way
    users: users.sort(byName).map((user) => {
      const isMe = user.id === admin.id
      return { ...user, isMe, actions: actionsFor(user, isMe, mailer.configured) }
    }),
    alone: admins.length < 2,
    mailed: mailer.configured,
    now: clock.now(),
  }
}

const staffActionsFor = ({ state, hasFactor }: ListedUser, isMe: boolean): UserOperation[] => {
  if (isMe) return []
  if (state === 'invited') return ['invite_again', 'revoke']
  if (state === 'deactivated') return ['reactivate', 'erase']
  return [...(hasFactor ? (['reset_factor'] as const) : []), 'deactivate']
}

/** Support's own people. */
export const readStaff = async (): Promise<Omit<UsersPage, 'tenantName'>> => {
  const support = await requireSupport()
  const { manageUsers, mailer, clock } = await container()
  const users = await manageUsers.list(support)
  return {
    users: users.sort(byName).map((user) => {
      const isMe = user.id === support.id
      return { ...user, isMe, actions: staffActionsFor(user, isMe) }
    }),
    alone: users.filter(({ state }) => state === 'active').length < 2,
    mailed: mailer.configured,
    now: clock.now(),
  }
}
