import { hourMs, minuteMs } from '../duration.ts'
import { mustHaveFactor, type SignInPolicy } from './sign-in-policy.ts'
import type { User } from './user.ts'

/** A signed-in browser, until it signs out, its user is disabled or changes the password, or time is up. */
export interface Session {
  /** What the browser holds; the database knows its hash alone. */
  id: string
  expiresAt: Date
}

/** However busy it is. */
export const sessionLifeMs = 12 * hourMs

/** A session is seen at most this often: a page that is looked at costs no write. */
export const seenEveryMs = minuteMs

/** How long after the last password, factor or sign-in through the company nobody is asked again. */
export const confirmedForMs = 10 * minuteMs

/** By what a session was opened. */
export type SignInMethod = 'password' | 'oidc'

/** What a browser says that it is; null where it says nothing known. */
export interface Device {
  browser: string | null
  system: string | null
}

/** Where a request comes from, as far as it is known. */
export interface Client {
  ip: string | null
  device: Device | null
}

/** A session as it is stored. */
export interface StoredSession {
  /** The hash of what the browser holds. */
  id: string
  userId: string
  expiresAt: Date
  method: SignInMethod
  ip: string | null
  device: Device | null
}

/** What is asked of somebody before anything opens: the second factor, or to set one up. */
export type Awaited = 'second_factor' | 'enrolment'

/** A live session and its user, as they are stored. */
export interface FoundSession {
  /** The hash of what the browser holds. */
  id: string
  user: User
  method: SignInMethod
  expiresAt: Date
  lastSeenAt: Date
  confirmedAt: Date
  /** When the second factor was given by it. */
  factorAt: Date | null
  hasFactor: boolean
}

export interface LiveSession extends FoundSession {
  /** Null once it opens everything. */
  awaits: Awaited | null
}

/** One that goes on under a new id: what its browser holds from now on, and what it is by now. */
export interface RenewedSession {
  session: Session
  live: LiveSession
}

/** The company's provider asks for a second factor itself, where it wants one. */
export const awaitedOf = (
  { method, user, hasFactor, factorAt }: FoundSession,
  policy: Pick<SignInPolicy, 'requireSecondFactor'>,
): Awaited | null => {
  if (method === 'oidc') return null
  if (hasFactor) return factorAt === null ? 'second_factor' : null
  return mustHaveFactor(policy, user.role) ? 'enrolment' : null
}

/** A session as its user sees it. */
export interface ListedSession {
  id: string
  openedAt: Date
  lastSeenAt: Date
  ip: string | null
  device: Device | null
}

/** Whether its user proved who they are a short while ago. */
export const isConfirmed = ({ confirmedAt }: Pick<LiveSession, 'confirmedAt'>, now: Date): boolean =>
  Math.abs(now.getTime() - confirmedAt.getTime()) < confirmedForMs
