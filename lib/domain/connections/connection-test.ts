import type { FailureCode } from '../failure-codes.ts'

/** What « Tester la connexion » reads of one provider or another. */
export type TestedRead = 'companies' | 'contacts' | 'departments' | 'dossiers' | 'hello'

/** « Tester la connexion »: what each read answered. Instants are ISO 8601, since this is stored as JSON. */
export interface ConnectionTest {
  at: string
  reads: { read: TestedRead; failure: FailureCode | null; durationMs: number }[]
}

/** What says that the access token itself is no longer taken. */
export const tokenRefusals: ReadonlySet<FailureCode> = new Set<FailureCode>(['access_refused', 'read_expired'])

/** Whether a test met nothing but a refused token. */
export const tokenRefused = (reads: ConnectionTest['reads']): boolean =>
  reads.length > 0 && reads.every(({ failure }) => failure !== null && tokenRefusals.has(failure))

/** These pass by themselves and say nothing of the connection. */
const passing = new Set<FailureCode>(['provider_unavailable', 'provider_throttled'])

/** What keeps every read from working; null while one works, or while it may pass. */
export const testProblem = (test: ConnectionTest | null): { code: FailureCode; at: Date } | null => {
  const failures = test?.reads.map(({ failure }) => failure) ?? []
  const first = failures[0]
  if (!test || !first || failures.some((failure) => failure === null || passing.has(failure))) return null
  return { code: first, at: new Date(test.at) }
}
