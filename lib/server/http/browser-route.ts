import 'server-only'
import type { FailureCode } from '#lib/domain/failure-codes.ts'
import { refusalPage } from './error-page.ts'
import { routeHandlers } from './route-handler.ts'

/** A browser may fetch ahead what its user never opens; such a request has no effect. */
const isPrefetch = (headers: Headers) =>
  ['sec-purpose', 'purpose', 'x-purpose', 'x-moz'].some((name) => headers.get(name)?.includes('prefetch')) ||
  headers.has('next-router-prefetch')

/** A GET route that a person opens: what fails is formatted on a page, never as JSON. */
export const browserRoute = <Context = unknown>(
  pattern: string,
  get: (request: Request, context: Context) => Promise<Response>,
) => {
  const answer = async (request: Request, context: Context) =>
    isPrefetch(request.headers)
      ? new Response(null, { status: 503, headers: { 'retry-after': '1' } })
      : get(request, context)
  const render = (status: number, code: FailureCode) => refusalPage(status, code, '/')
  return routeHandlers<Context>(pattern, { GET: answer }, render)
}
