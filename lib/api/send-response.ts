import { RESPONSE_ALREADY_SENT } from '@hono/node-server/utils/response'
import type { ApiContext } from './routes.ts'

/**
 * Answers what it is given as it is. By Node's own response, since building a `Response` and reading it back costs more than the answer
 * itself; and those of one turn of the event loop together, since each write alone wakes its reader.
 */
export const send = (
  { env: { outgoing } }: ApiContext,
  body: string | readonly Uint8Array[],
  headers: Record<string, string>,
): Response => {
  if (typeof body === 'string') {
    const length = Buffer.byteLength(body)
    // a text of ASCII alone, which is most of them, is copied without being encoded
    const encoding = length === body.length ? 'latin1' : 'utf8'
    setImmediate(() => outgoing.writeHead(200, { ...headers, 'content-length': length }).end(body, encoding))
    return RESPONSE_ALREADY_SENT
  }
  const length = body.reduce((sum, piece) => sum + piece.byteLength, 0)
  setImmediate(() => {
    outgoing.writeHead(200, { ...headers, 'content-length': length })
    for (const piece of body) outgoing.write(piece)
    outgoing.end()
  })
  return RESPONSE_ALREADY_SENT
}

/** Answers 304: what the client has still holds. */
export const sendUnchanged = ({ env: { outgoing } }: ApiContext, headers: Record<string, string>): Response => {
  setImmediate(() => outgoing.writeHead(304, headers).end())
  return RESPONSE_ALREADY_SENT
}

/** Answers JSON that nobody stores, written already. */
export const sendJsonText = (context: ApiContext, text: string): Response =>
  send(context, text, { 'content-type': 'application/json', 'cache-control': 'no-store' })

/** Answers JSON that nobody stores. */
export const sendJson = (context: ApiContext, body: object): Response => sendJsonText(context, JSON.stringify(body))
