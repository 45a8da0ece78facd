import { type IncomingMessage, type ServerResponse, STATUS_CODES } from 'node:http'
import type { Socket } from 'node:net'
import { env } from '../env.ts'
import { peerIp } from './client-ip.ts'
import { problemOf } from './problem-codes.ts'
import { reportRefusal } from './report-refusal.ts'
import { newRequest, type RequestContext, withRequest } from './request-id.ts'
import { allowedMethods, type Refusal } from './request-limits.ts'

const lingerMs = 1_000

const answerOf = (refusal: Refusal) => {
  const body = JSON.stringify(problemOf(refusal.code))
  const headers = {
    'content-type': 'application/problem+json',
    'content-length': Buffer.byteLength(body),
    'cache-control': 'no-store',
    'x-content-type-options': 'nosniff',
    connection: 'close',
    ...(refusal.status === 405 && { allow: allowedMethods.join(', ') }),
  }
  return { body, headers }
}

/** Answers with a problem, reads no more of the request and closes the connection. */
export const refuseRequest = (
  incoming: IncomingMessage,
  response: ServerResponse,
  context: RequestContext,
  refusal: Refusal,
): void => {
  const ip = peerIp(incoming, env().trustedProxyHops)
  withRequest(context, () => reportRefusal({ method: incoming.method ?? '', ...refusal, ip }))
  const { body, headers } = answerOf(refusal)
  response.writeHead(refusal.status, headers)
  response.write(body)
  const end = () => {
    clearTimeout(late)
    response.end()
  }
  // closed while it still sends, the client would see its connection reset instead of the response
  const late = setTimeout(end, lingerMs)
  incoming.push = (piece: Buffer | null) => {
    if (piece === null) end()
    return true
  }
  response.once('close', end)
}

const refusalOf: Record<string, Refusal> = {
  ERR_HTTP_REQUEST_TIMEOUT: { status: 408, code: 'request_too_slow' },
  HPE_HEADER_OVERFLOW: { status: 431, code: 'headers_too_long' },
  HPE_CHUNK_EXTENSIONS_OVERFLOW: { status: 413, code: 'body_too_large' },
}

/**
 * What Node cannot read, or waits for in vain: there is no request, only a connection to answer on.
 *
 * @param last what was answered on it last, or still is
 */
export const refuseConnection = (
  error: Error & { code?: string },
  socket: Socket,
  last: ServerResponse | undefined,
): void => {
  const waiting = last && !last.writableFinished ? last : undefined
  // a client that hung up
  if (!socket.writable || error.code === 'ECONNRESET') return void socket.destroy()
  // one that reads half an answer
  if (waiting?.headersSent) return void waiting.once('finish', () => socket.end())
  const refusal = refusalOf[error.code ?? ''] ?? { status: 400, code: 'request_malformed' }
  const context = newRequest()
  // a proxy's own address says nothing, and what it tells of its client was not read
  const ip = env().trustedProxyHops === 0 ? (socket.remoteAddress?.replace(/^::ffff:/, '') ?? null) : null
  withRequest(context, () => reportRefusal({ ...refusal, ip }))
  const { body, headers } = answerOf(refusal)
  const lines = Object.entries({ ...headers, 'x-request-id': context.id }).map(([name, value]) => `${name}: ${value}`)
  const reason = STATUS_CODES[refusal.status]
  // the client takes it for the answer that it waits for
  const text = waiting?.req.method === 'HEAD' ? '' : body
  socket.end([`HTTP/1.1 ${refusal.status} ${reason}`, ...lines, '', text].join('\r\n'))
}
