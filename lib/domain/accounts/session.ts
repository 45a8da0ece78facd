import { hourMs } from '../duration.ts'

/** A signed-in browser, until it signs out, its user is disabled or changes the password, or time is up. */
export interface Session {
  id: string
  expiresAt: Date
}

export const sessionLifeMs = 12 * hourMs
