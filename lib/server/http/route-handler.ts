import { container } from '#lib/composition/container.ts'
import { clientIp } from '#lib/composition/http/client-ip.ts'
import { nameRoute } from '#lib/composition/http/request-id.ts'
import { type FailureResponse, failed } from '#lib/composition/problem.ts'

const methods = ['GET', 'HEAD', 'POST', 'PUT', 'PATCH', 'DELETE', 'OPTIONS'] as const
type Method = (typeof methods)[number]

type Handler<Context> = (request: Request, context: Context) => Promise<Response>

/** Next's own way to redirect or to answer 404. */
const isNextSignal = (error: unknown) =>
  error instanceof Error && 'digest' in error && typeof error.digest === 'string' && error.digest.startsWith('NEXT_')

const unstored = (response: Response): Response => {
  if (response.headers.has('cache-control')) return response
  const { status, headers: given } = response
  const headers = new Headers(given)
  headers.set('cache-control', 'no-store')
  return new Response(response.body, { status, headers })
}

/**
 * Next's router, and its own server after an action that redirects, ask for an address as if it were a page: told that
 * it is none, they let the browser open it, which then sees the address and the cookies it answers with.
 */
const isNextAhead = (request: Request) => request.headers.has('rsc')

const notAllowed = (allow: string) => async () =>
  new Response(null, { status: 405, headers: { allow, 'cache-control': 'no-store' } })

/**
 * The handlers of a route: a `Failure` becomes a status, a method that is not listed 405 (HEAD too, which Next would
 * answer by running GET), and nothing is stored unless a handler says so.
 *
 * @param pattern names the route in logs, which never hold a path or a query
 * @param word answers a failure to a person; without it, it is answered to a program
 */
export const routeHandlers = <Context = unknown>(
  pattern: string,
  handlers: Partial<Record<Method, Handler<Context>>>,
  respond?: FailureResponse,
): Record<Method, Handler<Context>> => {
  const guarded =
    (method: Method, handle: Handler<Context>): Handler<Context> =>
    async (request, context) => {
      nameRoute(pattern)
      try {
        if (isNextAhead(request)) return new Response(null, { status: 204, headers: { 'cache-control': 'no-store' } })
        const response = await handle(request, context)
        return unstored(response)
      } catch (error) {
        if (isNextSignal(error)) throw error
        const { log, env } = await container()
        const ip = clientIp(request.headers, env.trustedProxyHops)
        return failed(error, { route: pattern, method, ...(ip && { ip }) }, log, respond)
      }
    }
  const refused = notAllowed(Object.keys(handlers).join(', '))
  return Object.fromEntries(
    methods.map((method) => {
      const handle = handlers[method]
      return [method, handle ? guarded(method, handle) : refused]
    }),
  ) as Record<Method, Handler<Context>>
}
