import { subscribe } from 'node:diagnostics_channel'
import type { Server } from 'node:http'

const servers = new Set<Server>()

/** Next keeps its HTTP server to itself: from now on the servers of this process are noted as they are asked and answer. */
export const watchServers = () => {
  const note = (message: unknown) => servers.add((message as { server: Server }).server)
  subscribe('http.server.request.start', note)
  subscribe('http.server.response.finish', note)
}

/** Takes no new connection; resolves when what was asked is answered, or cut after `graceMs`. */
export const drain = (server: Server, graceMs: number): Promise<void> =>
  new Promise<void>((done) => {
    if (!server.listening) return done()
    // a connection that is kept alive becomes idle only after its answer
    const idle = setInterval(() => server.closeIdleConnections(), 20)
    const cut = setTimeout(() => server.closeAllConnections(), graceMs)
    server.close(() => {
      clearInterval(idle)
      clearTimeout(cut)
      done()
    })
  })

/** No new connection; resolves when the requests in flight are answered, or cut after `graceMs`. */
export const finishRequests = async (graceMs: number): Promise<void> => {
  await Promise.all([...servers].map((server) => drain(server, graceMs)))
}

/**
 * SIGTERM and SIGINT are ours where `NEXT_MANUAL_SIG_HANDLE` is set, as `npm start` does; elsewhere Next ends the process
 * at once. A second signal does too.
 *
 * @param finish never rejects
 */
export const onTermination = (finish: () => Promise<void>): void => {
  if (!process.env.NEXT_MANUAL_SIG_HANDLE) return
  watchServers()
  let ending = false
  const end = () => {
    if (ending) process.exit(1)
    ending = true
    void finish().then(() => process.exit(0))
  }
  for (const signal of ['SIGTERM', 'SIGINT'] as const) process.on(signal, end)
}
