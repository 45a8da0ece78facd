import pino from 'pino'
import type { Log, LogFields } from '#lib/ports/deps.ts'

const allowed: Record<keyof LogFields, true> = {
  route: true,
  method: true,
  status: true,
  durationMs: true,
  tenantId: true,
  connectionId: true,
  failure: true,
  errorClass: true,
  errorCode: true,
  advice: true,
  stack: true,
  keyId: true,
  path: true,
  userId: true,
  keyPrefix: true,
  keyRefusal: true,
  ip: true,
  port: true,
}

/** Types end at the compiler: whatever else an object carries stays out of the line. */
const pick = (fields: LogFields = {}) =>
  Object.fromEntries(Object.entries(fields).filter(([name]) => Object.hasOwn(allowed, name)))

/**
 * One JSON object a line.
 *
 * @param requestId which request is being answered, if any
 */
export const jsonLog = (
  level: string,
  stream: 'stdout' | 'stderr',
  requestId: () => string | undefined = () => undefined,
): Log => {
  const logger = pino(
    {
      level,
      base: null,
      mixin: () => {
        const id = requestId()
        return id === undefined ? {} : { requestId: id }
      },
      timestamp: pino.stdTimeFunctions.isoTime,
      formatters: { level: (label) => ({ level: label }) },
    },
    pino.destination({ fd: stream === 'stdout' ? 1 : 2, sync: true }),
  )
  return {
    info: (message, fields) => logger.info(pick(fields), message),
    warn: (message, fields) => logger.warn(pick(fields), message),
    error: (message, fields) => logger.error(pick(fields), message),
  }
}
