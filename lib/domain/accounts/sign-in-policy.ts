import type { Role } from './user.ts'

/** What the settings ask of those who sign in. */
export interface SignInPolicy {
  /** A session unused for this long has ended. */
  sessionIdleMs: number
  /** Who must have a second factor; whoever signs in through the company is asked there. */
  requireSecondFactor: 'support' | 'all' | 'none'
  /** `off`: through the company alone, once somebody of support has signed in by it. */
  passwordSignIn: 'on' | 'off'
}

export const mustHaveFactor = (
  { requireSecondFactor: required }: Pick<SignInPolicy, 'requireSecondFactor'>,
  role: Role,
): boolean => required === 'all' || (required === 'support' && role === 'support')
