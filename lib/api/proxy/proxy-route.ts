import { z } from '@hono/zod-openapi'
import { keyProblems, tenantParameter } from '../key-holder.ts'
import { problems, type Route } from '../routes.ts'

export const proxyPath = '/api/v1/connections/{provider}/proxy/{path}'

/** HEAD is served like GET, without its body. */
export const proxiedMethods = ['get', 'post', 'put', 'patch', 'delete'] as const

const answerHeaders = z.object({
  'Porte-Cles-Answer': z
    .enum(['provider', 'porte-cles'])
    .openapi({ description: 'Whose status it is: a refusal of the provider passes as it came.' }),
})

/** The provider's to describe. */
const passed = { '*/*': { schema: {} } }
const anything = { 'application/json': { schema: {} }, ...passed }

interface Ours {
  description: string
  content: Record<string, { schema: object }>
  headers?: z.ZodObject
}

/** A status of ours may be the provider's as well: its refusal comes as it is, without what ours always have. */
const orTheProviders = (meanings: Record<string | number, string>): Route['responses'] =>
  Object.fromEntries(
    Object.entries(problems(meanings)).map(([status, response]) => {
      const { description, content, headers } = response as Ours
      const both = answerHeaders.extend(headers?.shape ?? {}).partial()
      return [status, { description, content: { ...content, ...passed }, headers: both }]
    }),
  )

export const proxyRoute = (method: (typeof proxiedMethods)[number]): Route => ({
  method,
  path: proxyPath,
  operationId: `${method}ThroughProxy`,
  tags: ['connections'],
  summary: 'A call of the provider, with the token of the connection',
  description:
    'The path is `resource.action` for Teamleader, segments of letters, digits, `-` and `_` for téo; the query passes. Sent on: Accept, Content-Type, Accept-Language, If-None-Match, X-Api-Version and a body of up to 1 MiB. Given back: status, Content-Type, ETag, Retry-After, X-RateLimit-*, and the body, as it streams. A refused token is refreshed and the call sent again, once. The whole takes at most 60 s. The key needs the scope `{provider}:proxy`.',
  security: [{ apiKey: [] }],
  request: {
    params: z.object({ provider: z.enum(['teamleader', 'teo']), path: z.string() }),
    headers: tenantParameter,
    ...(method !== 'get' && { body: { required: false, content: anything } }),
  },
  responses: {
    '2XX': { description: 'What the provider answered.', headers: answerHeaders, content: anything },
    default: { description: 'Its refusal, as it came.', headers: answerHeaders, content: anything },
    ...orTheProviders({
      ...keyProblems,
      400: `\`path_refused\`: the path leaves the API; ${keyProblems[400]}`,
      404: '`not_connected`; `tenant_unknown`; `provider_unknown`.',
      409: '`reconnect_required`, `misconfigured`, `connection_disabled`.',
      413: '`body_too_large`: over 1 MiB.',
      502: '`provider_redirect`: redirects are not followed.',
      503: '`provider_unavailable`; `storage_unavailable`.',
    }),
  },
})
