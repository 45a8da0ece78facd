import 'server-only'
import { headers } from 'next/headers'
import { clientAddress } from './client-address.ts'
import { container } from './container.ts'

/** Where the request under way came from; null while no proxy is trusted to say it. */
export const requestAddress = async (): Promise<string | null> => {
  const { env } = await container()
  return clientAddress(await headers(), env.trustedProxyHops)
}
