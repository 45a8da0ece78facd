import { createServer, type RequestListener, type Server } from 'node:http'
import type { AddressInfo } from 'node:net'

export type Listening = {
  port: number
  /** Takes no connection any more; resolves when the clients have closed theirs. */
  drain(): Promise<void>
  stop(): Promise<void>
}

/** Listens on both loopback addresses, so that whatever `localhost` means to a client, it is us. Port 0 picks one. */
export async function listenOnLoopback(listener: RequestListener, port: number): Promise<Listening> {
  for (let attempt = 1; ; attempt += 1) {
    const first = await open(listener, port, '127.0.0.1')
    const { port: chosen } = first.address() as AddressInfo
    try {
      const second = await open(listener, chosen, '::1').catch(unlessAbsent)
      const servers = second ? [first, second] : [first]
      return {
        port: chosen,
        drain: async () => void (await Promise.all(servers.map(drain))),
        stop: async () => void (await Promise.all(servers.map(close))),
      }
    } catch (taken) {
      await close(first)
      if (port !== 0 || attempt === 10) throw taken
    }
  }
}

function open(listener: RequestListener, port: number, host: string): Promise<Server> {
  const server = createServer({ keepAliveTimeout: 65_000 }, listener)
  return new Promise((resolve, reject) => {
    server.once('error', reject).listen(port, host, () => resolve(server))
  })
}

/** A machine without IPv6 has no second address to listen on. */
function unlessAbsent(error: NodeJS.ErrnoException): undefined {
  if (error.code !== 'EADDRNOTAVAIL' && error.code !== 'EAFNOSUPPORT') throw error
}

function drain(server: Server): Promise<void> {
  return new Promise((resolve) => {
    server.close(() => resolve())
  })
}

function close(server: Server): Promise<void> {
  const closed = drain(server)
  server.closeAllConnections()
  return closed
}
