import type { IncomingMessage } from 'node:http'
import { isIP } from 'node:net'
import { isLoopbackHost } from '#lib/domain/operations/loopback.ts'

/** Some proxies append the port: `192.0.2.1:49152`, `[2001:db8::1]:49152`. */
const withoutPort = (entry: string): string => {
  const [, ipv6, ipv4] = /^(?:\[([^\]]+)\](?::\d+)?|([^:]+):\d+)$/.exec(entry) ?? []
  return ipv6 ?? ipv4 ?? entry
}

/**
 * The address of the client as the outermost trusted proxy saw it: each proxy appends its peer to `X-Forwarded-For`, so
 * only the last `hops` entries were written by ours. Null when none is trusted.
 */
export const clientIp = (headers: Pick<Headers, 'get'>, hops: number): string | null => {
  if (hops === 0) return null
  const entries = (headers.get('x-forwarded-for') ?? '').split(',')
  const entry = withoutPort(entries.at(-hops)?.trim() ?? '')
  return isIP(entry) ? entry : null
}

/** For the log and the journal: that address, or, where no proxy is trusted, who holds the connection. */
export const peerIp = ({ headers, socket }: Pick<IncomingMessage, 'headers' | 'socket'>, hops: number) =>
  hops === 0
    ? (socket.remoteAddress?.replace(/^::ffff:/, '') ?? null)
    : clientIp({ get: () => String(headers['x-forwarded-for'] ?? '') }, hops)

const forwarding = ['x-forwarded-for', 'forwarded', 'x-real-ip', 'via']

/** Whether a request comes from this machine, and from no proxy on it that speaks for others. */
export const isLocal = ({ headers, socket }: Pick<IncomingMessage, 'headers' | 'socket'>): boolean =>
  isLoopbackHost((socket.remoteAddress ?? '').replace(/^::ffff:/, '')) && !forwarding.some((name) => name in headers)
