import type { HttpBindings } from '@hono/node-server'
import type { OpenAPIHono, RouteConfig, z } from '@hono/zod-openapi'
import type { Context } from 'hono'
import type { Container } from '#lib/composition/container.ts'
import { peerIp } from '#lib/composition/http/client-ip.ts'
import { nameRoute } from '#lib/composition/http/request-id.ts'
import { answerProgram } from '#lib/composition/problem.ts'
import { refuse } from './problem.ts'
import { problem } from './schemas.ts'

export type Api = OpenAPIHono<{ Bindings: HttpBindings }>

export type Asked = Context<{ Bindings: HttpBindings }>

/** The documented answers that are problems: what each status means, with its codes. */
export const problems = (meanings: Record<number, string>): RouteConfig['responses'] =>
  Object.fromEntries(
    Object.entries(meanings).map(([status, description]) => [
      status,
      { description, content: { 'application/problem+json': { schema: problem } } },
    ]),
  )

export const json = <T extends z.ZodType>(schema: T) => ({ 'application/json': { schema } })

/**
 * Documents a route and serves it. Not `app.openapi`: its validator passes over a body that does not call itself JSON,
 * and reads one of any length.
 */
export const serveRoute = (
  app: Api,
  { log, env }: Pick<Container, 'log' | 'env'>,
  route: RouteConfig,
  handle: (asked: Asked) => Promise<Response>,
) => {
  app.openAPIRegistry.registerPath(route)
  const method = route.method.toUpperCase()
  const path = route.path.replace(/\{(\w+)\}/g, ':$1')
  app.on(method, path, (asked) => {
    nameRoute(route.path)
    const ip = peerIp(asked.env.incoming, env.trustedProxyHops)
    return answerProgram({ route: route.path, method, ...(ip && { ip }) }, log, () => handle(asked))
  })
  app.all(path, () => refuse('method_not_allowed', { allow: method }))
}
