/** What the settings ask of those who sign in. */
export interface SignInPolicy {
  /** A session unused for this long has ended. */
  sessionIdleMs: number
  /** `off`: through the company alone, once somebody of support has signed in by it. */
  passwordSignIn: 'on' | 'off'
}
