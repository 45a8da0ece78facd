import { connect, createServer, type Socket } from 'node:net'

/** Stands before PostgreSQL, and can fall silent as a failed network does: nothing is forwarded and nothing is closed. */
export const openSilentRelay = async (url: string) => {
  const { port, hostname } = new URL(url)
  const silent = new Set<Socket>()
  const sockets = new Set<Socket>()
  let newSilent = false
  const server = createServer((client) => {
    const upstream = connect(Number(port), hostname)
    if (newSilent) silent.add(client)
    for (const [from, to] of [
      [client, upstream],
      [upstream, client],
    ] as const) {
      sockets.add(from)
      from.on('error', () => {})
      from.on('data', (data) => silent.has(client) || to.write(data))
      from.on('close', () => silent.has(client) || to.destroy())
    }
  })
  await new Promise<void>((done) => server.listen(0, '127.0.0.1', done))
  const address = server.address()
  const target = new URL(url)
  target.hostname = '127.0.0.1'
  target.port = String(typeof address === 'object' && address ? address.port : 0)
  return {
    url: target.href,
    /** The connections that are open now, for good; with `all`, those to come too, until `recover`. */
    silence: (all = false) => {
      for (const socket of sockets) silent.add(socket)
      newSilent = all
    },
    recover: () => {
      newSilent = false
    },
    close: async () => {
      for (const socket of sockets) socket.destroy()
      await new Promise((done) => server.close(done))
    },
  }
}
