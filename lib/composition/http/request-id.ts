import { AsyncLocalStorage } from 'node:async_hooks'
import { randomUUID } from 'node:crypto'
import type { IncomingMessage, ServerResponse } from 'node:http'

/** The start command and Next each load a copy of this file: the storage belongs to the process. */
const key = Symbol.for('porte-cles.request-id')
const shared = globalThis as { [key]?: AsyncLocalStorage<string> }
shared[key] ??= new AsyncLocalStorage<string>()
const storage = shared[key]

const header = 'x-request-id'

/** The id of the request that is being answered; undefined in background work. */
export const requestId = (): string | undefined => storage.getStore()

/** Names a request by a new id, in its own headers (whatever the client sent there) and in those of its response. */
export const nameRequest = (incoming: IncomingMessage, response: ServerResponse): string => {
  const id = randomUUID()
  incoming.headers[header] = id
  response.setHeader(header, id)
  return id
}

/** Runs what answers a request; `requestId` tells the id in all that it calls and awaits. */
export const withRequestId = <T>(id: string, run: () => T): T => storage.run(id, run)
