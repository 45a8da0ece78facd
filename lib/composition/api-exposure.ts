import { isLoopbackHost } from '#lib/domain/operations/loopback.ts'
import type { Log } from '#lib/ports/deps.ts'
import type { Env } from './env.ts'

/** The API speaks plain HTTP: its keys and tokens cross a network in clear unless somebody puts TLS before it. */
export const warnIfExposed = ({ apiHost }: Pick<Env, 'apiHost'>, log: Log): void => {
  if (isLoopbackHost(apiHost)) return
  const advice = 'API_HOST is not on loopback: put a proxy with TLS before it, and let nobody else reach it.'
  log.warn('back ends are answered beyond this machine, in clear', { advice })
}
