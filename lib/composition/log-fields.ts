import { Failure } from '#lib/domain/failure.ts'
import type { LogFields } from '#lib/ports/deps.ts'
import { storageAdvice } from './operations/storage-advice.ts'

/** What may be logged of an error: its class, code and frames; never its message, which may quote values. */
export const fieldsOf = (error: unknown): LogFields => {
  if (error instanceof Failure) {
    const { errorCode, keyId } = error.evidence
    const advice = storageAdvice(error)
    return {
      failure: error.code,
      ...(typeof errorCode === 'string' ? { errorCode } : {}),
      ...(typeof keyId === 'string' ? { keyId } : {}),
      ...(advice && { advice }),
    }
  }
  if (!(error instanceof Error)) return { errorClass: typeof error }
  const { code } = error as { code?: unknown }
  const frames = (error.stack ?? '').split('\n').filter((line) => /^\s+at /.test(line))
  return {
    errorClass: error.constructor.name,
    ...(typeof code === 'string' ? { errorCode: code } : {}),
    stack: frames.join('\n'),
  }
}
