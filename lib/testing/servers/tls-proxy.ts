import { once } from 'node:events'
import { type AddressInfo, connect } from 'node:net'
import { createServer, type TLSSocket } from 'node:tls'
import { selfSigned } from './certificate.ts'

/** Ends TLS before a server on this machine, as an operator's proxy does, with a certificate that nobody vouches for. */
export const startTlsProxy = async () => {
  let port = 0
  const sockets = new Set<TLSSocket>()
  const server = createServer(selfSigned(), (client) => {
    const upstream = connect(port, '127.0.0.1')
    const end = () => {
      sockets.delete(client)
      client.destroy()
      upstream.destroy()
    }
    sockets.add(client)
    for (const socket of [client, upstream]) socket.on('error', end).on('close', end)
    client.pipe(upstream).pipe(client)
  })
  // a browser tries the certificate before it is told to go on
  server.on('tlsClientError', () => {})
  server.listen(0, '127.0.0.1')
  await once(server, 'listening')
  return {
    url: `https://localhost:${(server.address() as AddressInfo).port}`,
    forwardTo: (plain: string) => {
      port = Number(new URL(plain).port)
    },
    close: async () => {
      for (const socket of sockets) socket.destroy()
      await new Promise((closed) => server.close(closed))
    },
  }
}
