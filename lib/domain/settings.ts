import { checkClientId, checkClientSecret } from './client-credentials.ts'
import { type FailureCode, type Field, fieldOf } from './failure-codes.ts'

/** What the TL Group form sends, blanks trimmed where they can't be meant. */
export interface TypedSettings {
  revision: number
  enabled: boolean
  clientIdentifier: string
  clientSecret: string
}

export interface Problem {
  code: FailureCode
  field: Field | null
}

export interface Warning {
  code: 'not_hexadecimal'
  field: Field
}

/** @param stored whether a secret is kept for the typed Client ID. */
export const checkSettings = (typed: TypedSettings, stored: boolean) => {
  const checks = [
    { field: 'clientId', ...checkClientId(typed.clientIdentifier) },
    { field: 'clientSecret', ...checkClientSecret(typed.clientSecret, stored) },
  ] as const
  const problems: Problem[] = checks.flatMap(({ error }) => (error ? [{ code: error, field: fieldOf(error) }] : []))
  const warnings: Warning[] = checks.flatMap(({ field, warning }) => (warning ? [{ code: warning, field }] : []))
  return { identifier: checks[0].value, secret: checks[1].value, problems, warnings }
}
