import { RESPONSE_ALREADY_SENT } from '@hono/node-server/utils/response'
import type { Asked } from './routes.ts'

/**
 * Answers what it is given as it is. By Node's own response, since building a `Response` and reading it back costs more than the answer
 * itself; and those of one turn of the event loop together, since each write alone wakes its reader.
 */
export const send = (
  { env: { outgoing } }: Asked,
  body: string | Uint8Array,
  headers: Record<string, string>,
): Response => {
  const all = { ...headers, 'content-length': Buffer.byteLength(body) }
  setImmediate(() => outgoing.writeHead(200, all).end(body))
  return RESPONSE_ALREADY_SENT
}

/** Answers JSON that nobody stores. */
export const sendJson = (asked: Asked, body: object): Response =>
  send(asked, JSON.stringify(body), { 'content-type': 'application/json', 'cache-control': 'no-store' })
