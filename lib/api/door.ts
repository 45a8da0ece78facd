import { once } from 'node:events'
import type { Server } from 'node:http'
import type { AddressInfo } from 'node:net'
import { createAdaptorServer } from '@hono/node-server'
import type { Container } from '#lib/server/container.ts'
import { apiApp } from './app.ts'

/** A listener of its own: machines never pass through Next. */
export interface Door {
  port: number
  /** Takes no new connection; resolves when what was asked is answered, or cut after `graceMs`. */
  close(graceMs: number): Promise<void>
}

const close = async (server: Server, graceMs: number): Promise<void> => {
  const closed = once(server, 'close')
  server.close()
  // a connection that is kept alive becomes idle only after its answer
  const idle = setInterval(() => server.closeIdleConnections(), 20)
  const cut = setTimeout(() => server.closeAllConnections(), graceMs)
  await closed
  clearInterval(idle)
  clearTimeout(cut)
}

/** Listens where the settings say; rejects with the system's error when it cannot. */
export const openDoor = async (container: Container): Promise<Door> => {
  const { apiHost, apiPort } = container.env
  // Next lives in the same process: its `Request` and `Response` stay as they are
  const server = createAdaptorServer({ fetch: apiApp(container).fetch, overrideGlobalObjects: false }) as Server
  // longer than a balancer keeps its idle connections, so that it never writes into one that we close
  server.keepAliveTimeout = 65_000
  server.requestTimeout = 30_000
  server.listen(apiPort, apiHost)
  await once(server, 'listening')
  const { port } = server.address() as AddressInfo
  return { port, close: (graceMs) => close(server, graceMs) }
}
