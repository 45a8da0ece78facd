import { Failure } from '#lib/domain/failure.ts'
import { StartupError } from '../env.ts'

/** `EX_CONFIG` of sysexits.h: whoever supervises the process need not start it again. */
const refusedStatus = 78

/** The status of a process that does not start: 78 where each try would end the same, until somebody changes something; else 1. */
export const exitStatusOf = (error: unknown): number => {
  if (error instanceof StartupError) return refusedStatus
  const { errorCode } = error instanceof Failure ? error.evidence : {}
  return /^database_(newer|moved|moving)$/.test(String(errorCode)) ? refusedStatus : 1
}
