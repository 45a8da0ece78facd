import { getRequestListener, type HttpBindings } from '@hono/node-server'
import type { Hono } from 'hono'
import { listenOnLoopback } from './listen.ts'

/** An address of the provider for one client alone. */
export type ClientListener = {
  port: number
  /**
   * For a client that was killed: takes no connection any more, and resolves when all that were open are closed and every
   * request that was read is worked off. From then on the journal holds all that this client ever caused.
   */
  drain(): Promise<void>
  stop(): Promise<void>
}

export async function listenForClient(app: Hono<{ Bindings: HttpBindings }>): Promise<ClientListener> {
  const underWay = new Set<Promise<Response>>()
  const fetch = async (request: Request, env: HttpBindings): Promise<Response> => {
    const response = Promise.resolve(app.fetch(request, env))
    underWay.add(response)
    try {
      return await response
    } finally {
      underWay.delete(response)
    }
  }
  const { port, drain, stop } = await listenOnLoopback(requestListener(fetch), 0)
  const settle = async (): Promise<void> => {
    await drain()
    await Promise.allSettled(underWay)
  }
  return { port, drain: settle, stop }
}

type Fetch = (request: Request, env: HttpBindings) => Response | Promise<Response>

export const requestListener = (fetch: Fetch): ReturnType<typeof getRequestListener> =>
  getRequestListener(fetch as Parameters<typeof getRequestListener>[0], { overrideGlobalObjects: false })
