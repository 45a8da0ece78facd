import type { IncomingMessage } from 'node:http'
import { isIP } from 'node:net'

/**
 * Where a request came from, for log and journal: what the outermost trusted proxy wrote, or, where none is trusted, who
 * holds the connection. Null when a proxy wrote something else.
 */
export const peerIp = ({ headers, socket }: Pick<IncomingMessage, 'headers' | 'socket'>, hops: number) => {
  if (hops === 0) return socket.remoteAddress?.replace(/^::ffff:/, '') ?? null
  const entry =
    String(headers['x-forwarded-for'] ?? '')
      .split(',')
      .at(-hops)
      ?.trim() ?? ''
  return isIP(entry) ? entry : null
}
