import { connect } from 'node:net'
import type pg from 'pg'

const cancelCode = 80_877_102
const answerMs = 5_000

/**
 * Asks the server to give up what it does for a client: a statement that waits for a lock would else be carried out later,
 * when nobody expects it any more. Whether it was given up is not told.
 *
 * @see https://www.postgresql.org/docs/current/protocol-flow.html « Canceling Requests in Progress »
 */
export const cancelStatement = (client: pg.PoolClient): void => {
  const { host, port, processID, secretKey } = client as unknown as Record<string, unknown>
  if (typeof host !== 'string' || typeof port !== 'number') return
  if (typeof processID !== 'number' || typeof secretKey !== 'number') return
  const request = Buffer.alloc(16)
  for (const [at, value] of [request.length, cancelCode, processID, secretKey].entries())
    request.writeInt32BE(value, at * 4)
  const socket = host.startsWith('/') ? connect(`${host}/.s.PGSQL.${port}`) : connect(port, host)
  socket.on('error', () => {}).end(request)
  setTimeout(() => socket.destroy(), answerMs).unref()
}
