import type { IncomingMessage, ServerResponse } from 'node:http'
import { type RequestContext, requestContext } from './request-id.ts'

/** Notes that the request being answered came as far as code of ours: what fails from now on is our own fault. */
export const noteRequestRead = (): void => {
  const context = requestContext()
  if (context) context.read = true
}

/** Notes that a limit refused the request being answered, and how long it holds where that is known. */
export const noteLimit = (retryAfterS: number | null): void => {
  const context = requestContext()
  if (context) context.limit = { retryAfterS }
}

const mayBeAction = ({ method, headers }: IncomingMessage) =>
  method === 'POST' && (headers['next-action'] !== undefined || /^multipart\//i.test(headers['content-type'] ?? ''))

/**
 * Next answers 500 for an action whose body or arguments it cannot read: 400 it is, since the client is at fault. And it
 * answers 200 for one that refused: 429 it is where a limit did, beside the page that says so.
 */
export const correctStatus = (incoming: IncomingMessage, response: ServerResponse, context: RequestContext): void => {
  if (!mayBeAction(incoming)) return
  const writeHead = response.writeHead.bind(response) as (status: number, ...rest: unknown[]) => ServerResponse
  response.writeHead = (status: number, ...rest: unknown[]) => {
    const { read, limit } = context
    if (status === 500 && !read) return writeHead(400, ...rest)
    if (status !== 200 || !limit) return writeHead(status, ...rest)
    if (limit.retryAfterS !== null) response.setHeader('retry-after', String(limit.retryAfterS))
    return writeHead(429, ...rest)
  }
}
