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
  },
  responses: {
    default: { description: 'What the provider answered, whatever it is.', headers: answerHeaders },
    ...problems({
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
