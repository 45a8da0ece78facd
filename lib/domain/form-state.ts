import type { FailureCode, Field } from './failure-codes.ts'

/** What an action hands back to the form it came from. Secrets never come back. */
export interface FormState {
  /** Changes with every answer. */
  at: number | null
  /** What was typed, secrets aside: shown again when something is wrong. */
  values: Readonly<Record<string, string>>
  problems: readonly { code: FailureCode; field: Field | null; evidence?: Readonly<Record<string, string | number>> }[]
  warnings: readonly { code: 'not_hexadecimal'; field: Field }[]
  /** True when all went well and the page shows it. */
  done: boolean
  /** What went well, where a form does several things; and what this answer hands over once, as a link to pass on. */
  given: Readonly<Record<string, string>>
  /** Secret fields that were typed beside an error, and are empty again without JavaScript. */
  retype: readonly Field[]
}
