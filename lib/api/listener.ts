import { once } from 'node:events'
import type { AddressInfo } from 'node:net'
import { getRequestListener } from '@hono/node-server'
import { warnIfExposed } from '#lib/composition/api-exposure.ts'
import type { Container } from '#lib/composition/container.ts'
import { GuardedServer } from '#lib/composition/http/guarded-server.ts'
import { apiApp, metricsApp } from './app.ts'
import type { Api } from './routes.ts'

/** A listener of its own: machines never pass through Next. */
export interface ApiServer {
  port: number
  /** Takes no new connection; resolves when what was asked is answered, or cut after `graceMs`. */
  close(graceMs: number): Promise<void>
}

/** @param ending told when nothing more is to be waited for */
const listen = async (app: Api, port: number, host: string, ending = new AbortController()): Promise<ApiServer> => {
  // Next lives in the same process: its `Request` and `Response` stay as they are
  const answer = getRequestListener(app.fetch, { overrideGlobalObjects: false })
  // it counts bodies itself, once it knows who asks
  const server = new GuardedServer(answer, Infinity)
  server.listen(port, host)
  await once(server, 'listening')
  const { port: taken } = server.address() as AddressInfo
  const close = (graceMs: number) => {
    ending.abort()
    return server.finish(graceMs)
  }
  return { port: taken, close }
}

/** Listens where the settings say; rejects with the system's error when it cannot. */
export const startApiServer = async (container: Container): Promise<ApiServer> => {
  const { apiHost, apiPort } = container.env
  warnIfExposed(container.env, container.log)
  const ending = new AbortController()
  return listen(apiApp(container, ending.signal), apiPort, apiHost, ending)
}

/** `METRICS_PORT`, for a process without the API; nothing where it is not set. */
export const startMetricsServer = async (container: Container): Promise<ApiServer | null> => {
  const { apiHost, metricsPort } = container.env
  return metricsPort === null ? null : listen(metricsApp(container), metricsPort, apiHost)
}
