import { RESPONSE_ALREADY_SENT } from '@hono/node-server/utils/response'
import type { Asked } from './routes.ts'

/**
 * Answers JSON that nobody stores. By Node's own response, since building a `Response` and reading it back costs more
 * than the answer itself; and those of one turn of the event loop together, since each write alone wakes its reader.
 */
export const sendJson = ({ env: { outgoing } }: Asked, body: object): Response => {
  const text = JSON.stringify(body)
  const headers = {
    'content-type': 'application/json',
    'cache-control': 'no-store',
    'content-length': Buffer.byteLength(text),
  }
  setImmediate(() => outgoing.writeHead(200, headers).end(text))
  return RESPONSE_ALREADY_SENT
}
