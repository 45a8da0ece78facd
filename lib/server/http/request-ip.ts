import 'server-only'
import { isIP } from 'node:net'
import { headers } from 'next/headers'
import { container } from '#lib/composition/container.ts'

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

/** Where the request under way came from; null while no proxy is trusted to say it. */
export const requestIp = async (): Promise<string | null> => {
  const { env } = await container()
  return clientIp(await headers(), env.trustedProxyHops)
}
