import 'server-only'
import { headers } from 'next/headers'
import { container } from '#lib/composition/container.ts'
import { clientIp } from '#lib/composition/http/client-ip.ts'
import { deviceOf } from '#lib/domain/accounts/device.ts'
import type { Client } from '#lib/domain/accounts/session.ts'

/** Where the request under way came from; null while no proxy is trusted to say it. */
export const requestIp = async (): Promise<string | null> => {
  const { env } = await container()
  return clientIp(await headers(), env.trustedProxyHops)
}

/** The same, and what the browser says that it is. */
export const requestClient = async (): Promise<Client> => ({
  ip: await requestIp(),
  device: deviceOf((await headers()).get('user-agent')),
})
