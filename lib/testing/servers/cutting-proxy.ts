import { connect, createServer, type Socket } from 'node:net'

/**
 * Stands before PostgreSQL and cuts one connection at its next COMMIT: before the server hears of it, or after it has done
 * it, when the client alone does not. It can also be as if no server were there.
 */
export const openCuttingProxy = async (url: string) => {
  const { port, hostname } = new URL(url)
  let cut: 'before' | 'after' | null = null
  let cuts = 0
  let isDown = false
  const sockets = new Set<Socket>()
  const server = createServer((client) => {
    if (isDown) return client.destroy()
    const upstream = connect(Number(port), hostname)
    let doomed = false
    const end = () => {
      client.destroy()
      upstream.destroy()
    }
    for (const socket of [client, upstream]) {
      sockets.add(socket)
      socket.on('error', end).on('close', end)
    }
    client.on('data', (data) => {
      if (cut && /\bcommit\b/i.test(data.toString('latin1'))) {
        cuts += 1
        doomed = cut === 'after'
        cut = null
        if (!doomed) return end()
      }
      upstream.write(data)
    })
    upstream.on('data', (data) => (doomed ? end() : client.write(data)))
  })
  await new Promise<void>((done) => server.listen(0, '127.0.0.1', done))
  const address = server.address()
  const target = new URL(url)
  target.hostname = '127.0.0.1'
  target.port = String(typeof address === 'object' && address ? address.port : 0)
  return {
    url: target.href,
    cutNextCommit: (when: 'before' | 'after') => {
      cut = when
    },
    cuts: () => cuts,
    down: () => {
      isDown = true
      for (const socket of sockets) socket.destroy()
      sockets.clear()
    },
    up: () => {
      isDown = false
    },
    close: async () => {
      for (const socket of sockets) socket.destroy()
      await new Promise((done) => server.close(done))
    },
  }
}
