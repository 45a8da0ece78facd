import { once } from 'node:events'
import type { Server } from 'node:http'
import type { AddressInfo } from 'node:net'
import { createAdaptorServer } from '@hono/node-server'
import { warnIfExposed } from '#lib/composition/api-exposure.ts'
import type { Container } from '#lib/composition/container.ts'
import { drain } from '#lib/composition/graceful-shutdown.ts'
import { apiApp } from './app.ts'

/** A listener of its own: machines never pass through Next. */
export interface Door {
  port: number
  /** Takes no new connection; resolves when what was asked is answered, or cut after `graceMs`. */
  close(graceMs: number): Promise<void>
}

/** Listens where the settings say; rejects with the system's error when it cannot. */
export const startApiServer = async (container: Container): Promise<Door> => {
  const { apiHost, apiPort } = container.env
  warnIfExposed(container.env, container.log)
  // Next lives in the same process: its `Request` and `Response` stay as they are
  const server = createAdaptorServer({ fetch: apiApp(container).fetch, overrideGlobalObjects: false }) as Server
  // longer than a balancer keeps its idle connections, so that it never writes into one that we close
  server.keepAliveTimeout = 65_000
  server.requestTimeout = 30_000
  server.listen(apiPort, apiHost)
  await once(server, 'listening')
  const { port } = server.address() as AddressInfo
  return { port, close: (graceMs) => drain(server, graceMs) }
}
