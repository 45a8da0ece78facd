import 'server-only'
import { container } from '#lib/composition/container.ts'
import type { ListedSession } from '#lib/domain/accounts/session.ts'
import type { User } from '#lib/domain/accounts/user.ts'
import { zoneOf } from '#lib/domain/calendar-day.ts'
import type { FailureCode } from '#lib/domain/failure-codes.ts'
import type { Profile } from '#lib/ports/accounts.ts'
import { currentSession, requireUser } from '#lib/server/auth/session.ts'

export interface AccountPage extends Profile {
  user: User
  timeZone: string
  sessions: (ListedSession & { isThis: boolean })[]
  /** Without it no address can be confirmed. */
  mailed: boolean
  /** Whether a password opens sessions here. */
  passwords: boolean
  now: Date
}

export const readAccount = async (): Promise<AccountPage> => {
  const user = await requireUser()
  const session = await currentSession()
  const { manageAccount, sessions, mailer, clock, passwordSignIn } = await container()
  const [profile, listed, off] = await Promise.all([
    manageAccount.read(user),
    sessions.list(user),
    passwordSignIn.isOff(),
  ])
  return {
    ...profile,
    user,
    timeZone: zoneOf(user),
    sessions: listed.map((one) => ({ ...one, isThis: one.id === session?.id })),
    mailed: mailer.configured,
    passwords: !off && profile.hasPassword,
    now: clock.now(),
  }
}

/** Whose new address a live link confirms, or why it is not live. Changes nothing. */
export const readEmailLink = async (token: string): Promise<{ email: string; newEmail: string } | FailureCode> => {
  const { manageAccount } = await container()
  const found = await manageAccount.readEmailLink(token)
  return found ? { email: found.user.email, newEmail: found.newEmail } : manageAccount.deadLinkReason(token)
}
