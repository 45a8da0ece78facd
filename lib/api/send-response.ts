import { RESPONSE_ALREADY_SENT } from '@hono/node-server/utils/response'
import type { Asked } from './routes.ts'

/**
 * Answers JSON that nobody stores. By Node's own response, since building a `Response` and reading it back costs more
 * than the answer itself; and those of one turn of the event loop together, since each write alone wakes its reader.
 */
export const sendText = ({ env: { outgoing } }: Asked, text: string): Response => {
  const bytes = Buffer.byteLength(text)
  const headers = { 'content-type': 'application/json', 'cache-control': 'no-store', 'content-length': bytes }
  // a text of ASCII alone, which is most of them, is copied without being encoded
  const encoding = bytes === text.length ? 'latin1' : 'utf8'
  setImmediate(() => outgoing.writeHead(200, headers).end(text, encoding))
  return RESPONSE_ALREADY_SENT
}

export const sendJson = (asked: Asked, body: object): Response => sendText(asked, JSON.stringify(body))
