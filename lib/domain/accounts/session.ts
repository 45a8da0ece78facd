import { hourMs, minuteMs } from '../duration.ts'
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

/** A live session and its user. */
export interface LiveSession {
  /** As it is stored. */
  id: string
  user: User
  method: SignInMethod
  lastSeenAt: Date
  confirmedAt: Date
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
