import type { FailureCode } from './failure-codes.ts'

export const testedReads = ['companies', 'contacts', 'departments'] as const
export type TestedRead = (typeof testedReads)[number]

/** « Tester la connexion »: what each read answered. Instants are ISO 8601, since this is stored as JSON. */
export interface ConnectionTest {
  at: string
  reads: { read: TestedRead; failure: FailureCode | null; durationMs: number }[]
}
