import type { FailureCode } from './failure-codes.ts'

export type Evidence = Record<string, string | number | boolean | null | undefined>

/** What went wrong, by a closed code whose words are in `lib/i18n`; evidence never holds a secret. */
export class Failure extends Error {
  override readonly name = 'Failure'

  /** By its mark: Next loads pages and instrumentation as separate module graphs, each with a class of its own. */
  static override [Symbol.hasInstance](value: unknown): boolean {
    return value instanceof Error && value.name === 'Failure'
  }

  constructor(
    readonly code: FailureCode,
    readonly evidence: Evidence = {},
    options?: { cause?: unknown },
  ) {
    super(code, options)
  }
}
