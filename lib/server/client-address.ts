import { isIP } from 'node:net'

/**
 * The address of the client as the outermost trusted proxy saw it: each proxy appends its peer to `X-Forwarded-For`, so
 * only the last `hops` entries were written by ours. Null when none is trusted.
 */
export const clientAddress = (headers: Pick<Headers, 'get'>, hops: number): string | null => {
  if (hops === 0) return null
  const entries = (headers.get('x-forwarded-for') ?? '').split(',')
  const entry = entries.at(-hops)?.trim() ?? ''
  return isIP(entry) ? entry : null
}
