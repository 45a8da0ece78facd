import { type FailureCode, type Field, fieldOf } from '../failure-codes.ts'
import type { Checked } from './client-credentials.ts'

/** What a provider's form sends. */
export interface TypedSettings {
  revision: number
  /** Null leaves it as it is. */
  enabled: boolean | null
  clientId: string
  clientSecret: string
  /** Absent where the provider has no parts to choose from. */
  target?: string
}

/** What a provider's settings must look like; blanks around are trimmed. */
export interface SettingsRules {
  identifier(typed: string): Checked
  /** @param stored whether a secret is kept for the typed identifier. */
  secret(typed: string, stored: boolean): Checked
  /** Null where the provider has no parts to choose from. */
  target: ((typed: string) => Checked) | null
}

export interface Problem {
  code: FailureCode
  field: Field | null
}

export interface Warning {
  code: 'not_hexadecimal'
  field: Field
}

/** @param stored whether a secret is kept for the typed identifier. */
export const checkSettings = (rules: SettingsRules, typed: TypedSettings, stored: boolean) => {
  const identifier = rules.identifier(typed.clientId)
  const secret = rules.secret(typed.clientSecret, stored)
  const target = rules.target?.(typed.target ?? '') ?? null
  const problems: Problem[] = [identifier, secret, target].flatMap((checked) =>
    checked?.error ? [{ code: checked.error, field: fieldOf(checked.error) }] : [],
  )
  const warnings: Warning[] = [
    { field: 'clientId' as const, warning: identifier.warning },
    { field: 'clientSecret' as const, warning: secret.warning },
  ].flatMap(({ field, warning }) => (warning ? [{ code: warning, field }] : []))
  return { identifier: identifier.value, secret: secret.value, target: target?.value ?? null, problems, warnings }
}
