import type { FailureCode } from './failure-codes.ts'

export type Evidence = Record<string, string | number | boolean | null | undefined>

/** What went wrong, by a closed code whose words are in `lib/i18n`; evidence never holds a secret. */
export class Failure extends Error {
  override readonly name = 'Failure'

  /** By its mark: Next loads pages and instrumentation as separate module graphs, each with a class of its own. */
  static override [Symbol.hasInstance](value: unknown): boolean {
    return value instanceof Error && value.name === 'Failure'
  }

  /** The first of `codes`. */
  readonly code: FailureCode
  /** All that was wrong at once, as in the fields of a form. */
  readonly codes: readonly FailureCode[]

  constructor(
    code: FailureCode | readonly [FailureCode, ...FailureCode[]],
    readonly evidence: Evidence = {},
    options?: { cause?: unknown },
  ) {
    const codes = typeof code === 'string' ? ([code] as const) : code
    super(codes[0], options)
    this.code = codes[0]
    this.codes = codes
  }
}
