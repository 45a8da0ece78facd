import 'server-only'
import { headers } from 'next/headers'
import { container } from '#lib/composition/container.ts'
import { clientIp } from '#lib/composition/http/client-ip.ts'

/** Where the request under way came from; null while no proxy is trusted to say it. */
export const requestIp = async (): Promise<string | null> => {
  const { env } = await container()
  return clientIp(await headers(), env.trustedProxyHops)
}
