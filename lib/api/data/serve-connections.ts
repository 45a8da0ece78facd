import { z } from '@hono/zod-openapi'
import type { Container } from '#lib/composition/container.ts'
import type { ProviderId } from '#lib/domain/connections/provider.ts'
import { holderOf, keyProblems, tenantParameter } from '../key-holder.ts'
import { refuse } from '../problem.ts'
import { type Api, json, problems, type Route, serveRoute } from '../routes.ts'
import { sendJson } from '../send-response.ts'

const states = [
  ...(['unconfigured', 'awaiting_authorization', 'connected', 'degraded'] as const),
  ...(['reconnect_required', 'misconfigured', 'disabled'] as const),
] as const

const connectionOf = (providers: [ProviderId, ...ProviderId[]]) =>
  z
    .strictObject({
      provider: z.enum(providers),
      state: z.enum(states).openapi({
        description:
          '`connected` and `degraded` give tokens; `reconnect_required` and `misconfigured` wait for the customer.',
      }),
      reason: z
        .string()
        .nullable()
        .openapi({ description: 'Why it is so; of `disabled`: `paused` by the customer, `restored` from a backup.' }),
      since: z.iso.datetime().nullable().openapi({ description: 'Null for what was never begun.' }),
      enabled: z.boolean().openapi({ description: 'False while it is paused.' }),
    })
    .openapi('Connection')

type Connection = z.infer<ReturnType<typeof connectionOf>>

export const serveConnections = (app: Api, container: Container) => {
  const { store, providers, manageApiKeys } = container
  const { scopesOf } = manageApiKeys
  const ids = Object.keys(providers) as [ProviderId, ...ProviderId[]]
  const connection = connectionOf(ids)
  const shared = { method: 'get' as const, tags: ['connections'] as [string], security: [{ apiKey: [] as string[] }] }
  const list: Route = {
    ...shared,
    path: '/api/v1/connections',
    operationId: 'listConnections',
    summary: 'How the connections stand',
    description: 'Those of the providers that the key may ask anything of.',
    request: { headers: tenantParameter },
    responses: {
      200: {
        description: 'One for each provider.',
        content: json(z.strictObject({ data: z.array(connection) }).openapi('Connections')),
      },
      ...problems(keyProblems),
    },
  }
  const one: Route = {
    ...shared,
    path: '/api/v1/connections/{provider}',
    operationId: 'getConnection',
    summary: 'How a connection stands',
    description: 'Any scope of the provider opens it.',
    request: { params: z.object({ provider: z.enum(ids) }), headers: tenantParameter },
    responses: {
      200: { description: 'Its state, why, and since when.', content: json(connection) },
      ...problems({ ...keyProblems, 404: '`provider_unknown`; `tenant_unknown`.' }),
    },
  }

  const statusesOf = async (...[tenantId]: Parameters<typeof store.authorizations.listStatuses>) => {
    const found = await store.authorizations.listStatuses(tenantId)
    return (provider: ProviderId): Connection => {
      const {
        state = 'unconfigured',
        reason = null,
        since,
        enabled = true,
      } = found.find((status) => status.provider === provider) ?? {}
      return { provider, state, reason, since: since?.toISOString() ?? null, enabled }
    }
  }

  serveRoute(app, container, list, async (context) => {
    const holder = await holderOf(container, context, ids.flatMap(scopesOf))
    if (holder instanceof Response) return holder
    const open = ids.filter((id) => scopesOf(id).some((scope) => holder.scopes.includes(scope)))
    return sendJson(context, { data: open.map(await statusesOf(holder.tenantId)) })
  })
  serveRoute(app, container, one, async (context) => {
    const provider = ids.find((id) => id === context.req.param('provider'))
    if (!provider) return refuse('provider_unknown')
    const holder = await holderOf(container, context, scopesOf(provider))
    if (holder instanceof Response) return holder
    return sendJson(context, (await statusesOf(holder.tenantId))(provider))
  })
}
