import { STATUS_CODES } from 'node:http'
import { Failure } from '#lib/domain/failure.ts'
import type { FailureCode } from '#lib/domain/failure-codes.ts'
import type { Log } from '#lib/ports/deps.ts'
import { isProblemCode, problemOf, problemTypes } from './http/problem-codes.ts'
import { fieldsOf } from './log-fields.ts'

/** Of failures that people meet alone. */
const statuses: Partial<Record<FailureCode, number>> = {
  foreign_origin: 403,
  session_ended: 401,
  credentials_wrong: 401,
  too_many_attempts: 429,
  requests_throttled: 429,
  mails_throttled: 429,
}

/** How long a limit holds; null where that is not known, undefined for a failure that is none. */
export const limitOf = (failure: Failure): number | null | undefined => {
  const { retryAfterS } = failure.evidence
  return statusOf(failure) === 429 ? (typeof retryAfterS === 'number' ? retryAfterS : null) : undefined
}

const statusOf = ({ code }: Failure) => (isProblemCode(code) ? problemTypes[code].status : (statuses[code] ?? 400))

const membersOf = (failure: Failure) => {
  const { code } = failure
  if (isProblemCode(code)) return problemOf(code)
  const status = statusOf(failure)
  return { type: 'about:blank', title: STATUS_CODES[status], status, code }
}

/** `application/problem+json`, in English: those who read it are programs. */
export const problemResponse = (failure: Failure): Response => {
  const { evidence } = failure
  const members = membersOf(failure)
  const headers = new Headers({ 'content-type': 'application/problem+json', 'cache-control': 'no-store' })
  if (typeof evidence.retryAfterS === 'number') headers.set('retry-after', String(evidence.retryAfterS))
  const reason = typeof evidence.reason === 'string' ? { reason: evidence.reason } : {}
  return new Response(JSON.stringify({ ...members, ...reason }), { status: members.status, headers })
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
