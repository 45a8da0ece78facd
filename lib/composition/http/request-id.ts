import { AsyncLocalStorage } from 'node:async_hooks'
import { randomUUID } from 'node:crypto'
import type { IncomingMessage, ServerResponse } from 'node:http'

/** A request that is being answered, and what Next cannot be told of it. */
export interface RequestContext {
  id: string
  /** It came as far as code of ours: what fails from then on is our own fault. */
  read: boolean
  /** The pattern of its route, once that is known: never its path or query. */
  route: string | null
  /** Set when a limit refused it. */
  limit: { retryAfterS: number | null } | null
}

/** The start command and Next each load a copy of this file: the storage belongs to the process. */
const key = Symbol.for('porte-cles.request')
const shared = globalThis as { [key]?: AsyncLocalStorage<RequestContext> }
shared[key] ??= new AsyncLocalStorage<RequestContext>()
const storage = shared[key]

const header = 'x-request-id'

/** Undefined in background work. */
export const requestContext = (): RequestContext | undefined => storage.getStore()

export const requestId = (): string | undefined => requestContext()?.id

/** Notes the pattern of the route that answers, as traces name the request. */
export const nameRoute = (pattern: string): void => {
  const context = requestContext()
  if (context) context.route = pattern
}

export const newRequest = (): RequestContext => ({ id: randomUUID(), read: false, route: null, limit: null })

/** Names a request by a new id, in its own headers (whatever the client sent there) and in those of its response. */
export const nameRequest = (incoming: IncomingMessage, response: ServerResponse): RequestContext => {
  const context = newRequest()
  incoming.headers[header] = context.id
  response.setHeader(header, context.id)
  return context
}

/** Runs what answers a request; `requestContext` is its own in all that it calls and awaits. */
export const withRequest = <T>(context: RequestContext, run: () => T): T => storage.run(context, run)
