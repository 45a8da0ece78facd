import type { IncomingMessage, ServerResponse } from 'node:http'
import { tracing } from '#lib/adapters/telemetry/process-tracing.ts'
import type { RequestContext } from './request-id.ts'

/** A span for a request, named by the pattern of its route; a page has none that is known here. */
export const traceRequest = (
  { method = 'GET' }: IncomingMessage,
  response: ServerResponse,
  context: RequestContext,
  answer: () => void,
): void => {
  const traces = tracing()
  if (!traces) {
    answer()
    return
  }
  const attributes = { 'http.request.method': method, 'porte_cles.request_id': context.id }
  const end = traces.open({ name: method, kind: 'server', attributes }, answer)
  response.once('close', () => {
    const { statusCode } = response
    const route = context.route === null ? {} : { 'http.route': context.route }
    end({
      name: context.route === null ? `${method} (page)` : `${method} ${context.route}`,
      attributes: { ...route, 'http.response.status_code': statusCode },
      failed: statusCode >= 500,
    })
  })
}
