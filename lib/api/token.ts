import { type RouteConfig, z } from '@hono/zod-openapi'
import type { Container } from '#lib/composition/container.ts'
import { peerIp } from '#lib/composition/http/client-ip.ts'
import type { ProviderId } from '#lib/domain/connections/provider.ts'
import { refuse, refuseKey } from './problem.ts'
import { readBody } from './request-body.ts'
import { type Api, type Asked, json, problems, serveRoute } from './routes.ts'
import { type TokenAnswer, tokenAnswer, tokenRequestOf } from './schemas.ts'
import { sendJson } from './send-response.ts'

const tenantHeader = 'porte-cles-tenant'

const route = (providers: [ProviderId, ...ProviderId[]]): RouteConfig => ({
  method: 'post',
  path: '/api/v1/connections/{provider}/token',
  summary: 'A valid access token',
  description:
    'Refreshed first when it is about to end, once for all who ask. Ask again whenever you need it rather than keep it. The key needs the scope `{provider}:token`.',
  security: [{ apiKey: [] }],
  request: {
    params: z.object({ provider: z.enum(providers) }),
    headers: z.object({
      [tenantHeader]: z.string().optional().openapi({
        description:
          'Whose connection: the tenant’s id, or `ref:` and its number in Pro+. A key of the platform needs it.',
      }),
    }),
    body: { required: false, content: json(tokenRequestOf) },
  },
  responses: {
    200: { description: 'The token; never to be stored.', content: json(tokenAnswer) },
    ...problems({
      400: '`body_malformed`; `tenant_missing`: a key of the platform names its tenant.',
      401: '`unauthorized`: the key is missing, wrong or revoked.',
      403: '`scope_missing`: the key may not ask this.',
      404: '`not_connected`: there is no account to give a token of; `tenant_unknown`; `provider_unknown`.',
      409: '`reconnect_required`, `misconfigured`: the customer has to act; `connection_disabled`: paused by them, or, with the reason `restored`, from a backup and not decided on.',
      413: '`body_too_large`: over 16 KiB.',
      503: '`provider_unavailable`: ask again after `Retry-After` seconds; `storage_unavailable`.',
    }),
  },
})

export const serveToken = (app: Api, container: Container) => {
  const { manageApiKeys, recordRefusal, getAccessToken, reportRejectedToken, providers, env } = container
  const bearing = (Object.keys(providers) as ProviderId[]).filter((id) => providers[id].grant !== 'keys')
  const [first, ...others] = bearing as [ProviderId, ...ProviderId[]]
  const known = new Set<string>([first, ...others])
  const isProvider = (text: string): text is ProviderId => known.has(text)

  const answer = async (asked: Asked): Promise<Response> => {
    const provider = asked.req.param('provider') ?? ''
    if (!isProvider(provider)) return refuse('provider_unknown')
    const { incoming } = asked.env
    const { authorization, [tenantHeader]: named } = incoming.headers
    const tenant = Array.isArray(named) ? named.join() : named
    const ip = peerIp(incoming, env.trustedProxyHops)
    const holder = await manageApiKeys.authenticate(authorization, tenant, `${provider}:token`, ip)
    if ('refused' in holder) return refuseKey(holder.refused)
    const read = await readBody(incoming, tokenRequestOf)
    if ('refused' in read) {
      const code = read.refused
      if (code === 'body_too_large') await recordRefusal.request({ code, actor: { kind: 'back_end', ip }, ...holder })
      return refuse(code)
    }
    const { min_ttl: minTtlS = 0, rejected_token_version: rejected } = read.body
    const request = { tenantId: holder.tenantId, provider, minTtlMs: minTtlS * 1000 }
    const token = await (rejected === undefined
      ? getAccessToken.obtain(request)
      : reportRejectedToken.report(request, rejected))
    const body: TokenAnswer = {
      access_token: token.accessToken,
      expires_at: token.expiresAt.toISOString(),
      account: token.account,
      token_version: token.version,
      api_version: providers[provider].apiVersion,
    }
    return sendJson(asked, body)
  }

  serveRoute(app, container, route([first, ...others]), answer)
}
