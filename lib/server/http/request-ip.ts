import 'server-only'
import { isIP } from 'node:net'
import { headers } from 'next/headers'
import { container } from '#lib/composition/container.ts'

/**
 * The address of the client as the outermost trusted proxy saw it: each proxy appends its peer to `X-Forwarded-For`, so
 * only the last `hops` entries were written by ours. Null when none is trusted.
 */
export const clientIp = (headers: Pick<Headers, 'get'>, hops: number): string | null => {
  if (hops === 0) return null
  const entries = (headers.get('x-forwarded-for') ?? '').split(',')
  const entry = entries.at(-hops)?.trim() ?? ''
  return isIP(entry) ? entry : null
}

/** Where the request under way came from; null while no proxy is trusted to say it. */
export const requestIp = async (): Promise<string | null> => {
  const { env } = await container()
  return clientIp(await headers(), env.trustedProxyHops)
}
