import type { IncomingMessage } from 'node:http'

const carriesBody = ({ headers }: IncomingMessage) =>
  headers['transfer-encoding'] !== undefined || Number(headers['content-length'] ?? 0) > 0

/** A client may send a byte a chunk: that many small buffers would take a hundred times their bytes. */
const mostPieces = 1024

/**
 * Receives a body before anybody reads it, counted as it comes, whatever its headers say. The request can be read as
 * ever afterwards.
 *
 * @param done is told whether the body has at most `limit` bytes; not called when the client hangs up
 */
export const receiveBody = (incoming: IncomingMessage, limit: number, done: (fits: boolean) => void): void => {
  if (!carriesBody(incoming)) {
    done(true)
    return
  }
  if (Number(incoming.headers['content-length'] ?? 0) > limit) {
    done(false)
    return
  }
  const { push } = incoming
  let pieces: Buffer[] = []
  let bytes = 0
  incoming.push = (piece: Buffer | null) => {
    if (piece === null) {
      incoming.push = push
      incoming.push(Buffer.concat(pieces))
      incoming.push(null)
      done(true)
      return false
    }
    bytes += piece.length
    if (bytes > limit) {
      pieces = []
      done(false)
      return true
    }
    pieces.push(piece)
    if (pieces.length > mostPieces) pieces = [Buffer.concat(pieces)]
    return true
  }
}
