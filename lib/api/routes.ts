import type { HttpBindings } from '@hono/node-server'
import { type OpenAPIHono, type RouteConfig, z } from '@hono/zod-openapi'
import type { Context } from 'hono'
import type { Container } from '#lib/composition/container.ts'
import { peerIp } from '#lib/composition/http/client-ip.ts'
import { nameRoute } from '#lib/composition/http/request-id.ts'
import { answerProgram } from '#lib/composition/problem.ts'
import { refuse } from './problem.ts'
import { problem } from './schemas.ts'

export type Api = OpenAPIHono<{ Bindings: HttpBindings }>

export type ApiContext = Context<{ Bindings: HttpBindings }>

export type Route = RouteConfig & { operationId: string; tags: [string] }

const retryAfter = z.object({
  'Retry-After': z.string().optional().openapi({ description: 'Seconds after which to ask again.' }),
})
const limited = retryAfter.extend({
  'RateLimit-Policy': z.string().optional().openapi({
    description: 'Of the key, as revision 11 of draft-ietf-httpapi-ratelimit-headers has it: `q` calls in `w` seconds.',
  }),
  RateLimit: z.string().optional().openapi({ description: 'Of the same draft: `r` calls are left for `t` seconds.' }),
})
const challenge = z.object({
  'WWW-Authenticate': z.string().openapi({ description: 'RFC 6750: `invalid_token`, `insufficient_scope`.' }),
})
const headersOf: Record<string, z.ZodObject> = {
  401: challenge,
  403: challenge,
  405: z.object({ Allow: z.string().openapi({ description: 'The methods that the path is served with.' }) }),
  429: limited,
  503: retryAfter,
}

/** The documented answers that are problems: what each status means, with its codes. */
export const problems = (meanings: Record<string | number, string>): RouteConfig['responses'] =>
  Object.fromEntries(
    Object.entries(meanings).map(([status, description]) => [
      status,
      {
        description,
        content: { 'application/problem+json': { schema: problem } },
        ...(headersOf[status] && { headers: headersOf[status] }),
      },
    ]),
  )

export const json = <T extends z.ZodType>(schema: T) => ({ 'application/json': { schema } })

/** What any operation may be answered. */
const always = problems({
  405: '`method_not_allowed`: the path is served, the method is not.',
  '4XX': 'The request itself cannot be read: too long, too slow, or not HTTP.',
  503: '`storage_unavailable`: the database does not answer.',
})

/**
 * Documents a route and serves it. Not `app.openapi`: its validator passes over a body that does not call itself JSON,
 * and reads one of any length.
 */
export const serveRoute = (
  app: Api,
  { log, env }: Pick<Container, 'log' | 'env'>,
  route: Route,
  handle: (context: ApiContext) => Promise<Response>,
) => {
  app.openAPIRegistry.registerPath({ security: [], ...route, responses: { ...always, ...route.responses } })
  const method = route.method.toUpperCase()
  const path = route.path.replace(/\{(\w+)\}/g, ':$1')
  app.on(method, path, (context) => {
    nameRoute(route.path)
    const ip = peerIp(context.env.incoming, env.trustedProxyHops)
    return answerProgram({ route: route.path, method, ...(ip && { ip }) }, log, () => handle(context))
  })
  app.all(path, () => refuse('method_not_allowed', { allow: method === 'GET' ? 'GET, HEAD' : method }))
}
