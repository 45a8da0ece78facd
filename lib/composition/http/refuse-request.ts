import type { IncomingMessage, ServerResponse } from 'node:http'
import { env } from '../env.ts'
import { writeInfo } from '../output/json-output.ts'
import { peerIp } from './client-ip.ts'
import { allowedMethods, type Refusal } from './request-limits.ts'

const lingerMs = 1_000

/** Answers with a problem (RFC 9457), reads no more of the request and closes the connection. */
export const refuseRequest = (incoming: IncomingMessage, response: ServerResponse, refusal: Refusal): void => {
  const ip = peerIp(incoming, env().trustedProxyHops)
  writeInfo('a request was refused', { method: incoming.method ?? '', ...refusal, ...(ip && { ip }) })
  const body = JSON.stringify(refusal)
  response.writeHead(refusal.status, {
    'content-type': 'application/problem+json',
    'content-length': Buffer.byteLength(body),
    'cache-control': 'no-store',
    'x-content-type-options': 'nosniff',
    connection: 'close',
    ...(refusal.status === 405 && { allow: allowedMethods.join(', ') }),
  })
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
