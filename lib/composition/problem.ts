import { Failure } from '#lib/domain/failure.ts'
import type { FailureCode } from '#lib/domain/failure-codes.ts'
import type { Log } from '#lib/ports/deps.ts'
import { fieldsOf } from './log-fields.ts'

const statuses: Partial<Record<FailureCode, number>> = {
  foreign_origin: 403,
  body_too_large: 413,
  session_ended: 401,
  credentials_wrong: 401,
  too_many_attempts: 429,
  requests_throttled: 429,
  mails_throttled: 429,
  not_connected: 404,
  connection_disabled: 409,
  reconnect_required: 409,
  misconfigured: 409,
  provider_unavailable: 503,
  storage_unavailable: 503,
  unexpected: 500,
}

/** How long a limit holds; null where that is not known, undefined for a failure that is none. */
export const limitOf = (failure: Failure): number | null | undefined => {
  const { retryAfterS } = failure.evidence
  return statusOf(failure) === 429 ? (typeof retryAfterS === 'number' ? retryAfterS : null) : undefined
}

const statusOf = ({ code }: Failure) => statuses[code] ?? 400

/** `application/problem+json` without words: those who read it are programs. */
export const problemResponse = (failure: Failure): Response => {
  const { code, evidence } = failure
  const status = statusOf(failure)
  const headers = new Headers({ 'content-type': 'application/problem+json', 'cache-control': 'no-store' })
  if (typeof evidence.retryAfterS === 'number') headers.set('retry-after', String(evidence.retryAfterS))
  const reason = typeof evidence.reason === 'string' ? { reason: evidence.reason } : {}
  return new Response(JSON.stringify({ status, code, ...reason }), { status, headers })
}

interface RequestInfo {
  /** Names the route in logs, which never hold a path or a query. */
  route: string
  method: string
  ip?: string
}

export type FailureResponse = (status: number, code: FailureCode) => Promise<Response>

export const failed = async (
  error: unknown,
  asked: RequestInfo,
  log: Log,
  respond?: FailureResponse,
): Promise<Response> => {
  const failure = error instanceof Failure ? error : new Failure('unexpected')
  const response = respond ? await respond(statusOf(failure), failure.code) : problemResponse(failure)
  const fields = { ...asked, status: response.status, ...fieldsOf(error) }
  if (response.status >= 500) log.error('a request failed', fields)
  else log.info('a request was refused', fields)
  return response
}

/** What a program is answered by a handler that runs outside Next: a `Failure` becomes a problem with its status. */
export const answerProgram = async (
  asked: RequestInfo,
  log: Log,
  handle: () => Promise<Response>,
): Promise<Response> => {
  try {
    const response = await handle()
    // refused keys have a line of their own
    if (response.status === 413) log.info('a request was refused', { ...asked, status: response.status })
    return response
  } catch (error) {
    return failed(error, asked, log)
  }
}
