import { z } from '@hono/zod-openapi'
import type { Container } from '#lib/composition/container.ts'
import type { ProviderId } from '#lib/domain/connections/provider.ts'
import { keyProblems, tenantParameter, tokenHolderOf } from './key-holder.ts'
import { refuse } from './problem.ts'
import { readBody } from './request-body.ts'
import { type Api, type ApiContext, json, problems, type Route, serveRoute } from './routes.ts'
import { type TokenAnswer, tokenAnswer, tokenRequestOf } from './schemas.ts'
import { sendJsonText } from './send-response.ts'

const route = (providers: [ProviderId, ...ProviderId[]]): Route => ({
  method: 'post',
  path: '/api/v1/connections/{provider}/token',
  operationId: 'getAccessToken',
  tags: ['connections'],
  summary: 'A valid access token',
  description:
    'Refreshed first when it is about to end, once for all who ask. Ask again whenever you need it rather than keep it. The key needs the scope `{provider}:token`.',
  security: [{ apiKey: [] }],
  request: {
    params: z.object({ provider: z.enum(providers) }),
    headers: tenantParameter,
    body: { required: false, content: json(tokenRequestOf) },
  },
  responses: {
    200: { description: 'The token; never to be stored.', content: json(tokenAnswer) },
    ...problems({
      ...keyProblems,
      400: `\`body_malformed\`; ${keyProblems[400]}`,
      404: '`not_connected`: there is no account to give a token of; `tenant_unknown`; `provider_unknown`.',
      409: '`reconnect_required`, `misconfigured`: the customer has to act; `connection_disabled`: paused by them, or, with the reason `restored`, from a backup and not decided on.',
      413: '`body_too_large`: over 16 KiB.',
      503: '`provider_unavailable`: ask again after `Retry-After` seconds; `storage_unavailable`.',
    }),
  },
})

export const serveToken = (app: Api, container: Container) => {
  const { recordRefusal, getAccessToken, reportRejectedToken, providers } = container
  const bearing = (Object.keys(providers) as ProviderId[]).filter((id) => providers[id].grant !== 'keys')
  const [first, ...others] = bearing as [ProviderId, ...ProviderId[]]
  const known = new Set<string>([first, ...others])
  const isProvider = (text: string): text is ProviderId => known.has(text)

  /** A token that did not change is written once. */
  const texts = new WeakMap<object, string>()

  const textOf = (token: Awaited<ReturnType<typeof getAccessToken.obtain>>, provider: ProviderId): string => {
    const known = texts.get(token)
    if (known) return known
    const body: TokenAnswer = {
      access_token: token.accessToken,
      expires_at: token.expiresAt.toISOString(),
      account: token.account,
      token_version: token.version,
      api_version: providers[provider].apiVersion,
    }
    const text = JSON.stringify(body)
    texts.set(token, text)
    return text
  }

  const answer = async (context: ApiContext): Promise<Response> => {
    const provider = context.req.param('provider') ?? ''
    if (!isProvider(provider)) return refuse('provider_unknown')
    const { incoming } = context.env
    // first, so that nothing is old by the time the body has come; whoever has no key reads so all the same
    const read = await readBody(incoming, tokenRequestOf)
    const holder = await tokenHolderOf(container, context, provider, 'token')
    if (holder instanceof Response) return holder
    const { tenantId, prefix, ip, tokenSet } = holder
    if ('refused' in read) {
      const code = read.refused
      if (code === 'body_too_large')
        await recordRefusal.request({ code, actor: { kind: 'back_end', ip }, tenantId, prefix })
      return refuse(code)
    }
    const { min_ttl: minTtlS = 0, rejected_token_version: rejected } = read.body
    const request = { tenantId, provider, minTtlMs: minTtlS * 1000 }
    const token = await (rejected === undefined
      ? getAccessToken.obtain(request, tokenSet)
      : reportRejectedToken.report(request, rejected))
    return sendJsonText(context, textOf(token, provider))
  }

  serveRoute(app, container, route([first, ...others]), answer)
}
