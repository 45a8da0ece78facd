import { Readable } from 'node:stream'
import { pipeline } from 'node:stream/promises'
import type { ReadableStream as NodeStream } from 'node:stream/web'
import { RESPONSE_ALREADY_SENT } from '@hono/node-server/utils/response'
import type { Container } from '#lib/composition/container.ts'
import { peerIp } from '#lib/composition/http/client-ip.ts'
import { answerProgram } from '#lib/composition/problem.ts'
import type { ProviderId } from '#lib/domain/connections/provider.ts'
import { tokenHolderOf } from '../key-holder.ts'
import { refuse } from '../problem.ts'
import { readBytes } from '../request-body.ts'
import type { Api, ApiContext } from '../routes.ts'
import { proxiedMethods, proxyPath, proxyRoute } from './proxy-route.ts'

const mostBytes = 1024 * 1024
const deadlineMs = 60_000
const sentOn = ['accept', 'content-type', 'accept-language', 'if-none-match', 'x-api-version'] as const
/** Whose status it is. */
const answerHeader = 'porte-cles-answer'

/** What stands behind `/proxy/`, as it was sent: what is not decoded cannot hide a way out of the API. */
const targetOf = (url: string) => {
  const [, path = '', query = ''] = /^\/api\/v1\/connections\/[^/?]+\/proxy\/([^?]*)(.*)$/s.exec(url) ?? []
  return { path, query }
}

type Given = Extract<Awaited<ReturnType<Container['forwardCall']>>, { kind: 'answer' }>

/** Aborts when the time is up, or when who asked hangs up. */
const signalFor = ({ env: { outgoing } }: ApiContext): AbortSignal => {
  const left = new AbortController()
  outgoing.once('close', () => {
    if (!outgoing.writableFinished) left.abort()
  })
  return AbortSignal.any([left.signal, AbortSignal.timeout(deadlineMs)])
}

/** By Node's own response: one that breaks off in between breaks off for who asked, too. */
const stream = ({ env: { outgoing } }: ApiContext, { status, headers, body }: Given): Response => {
  outgoing.writeHead(status, { ...headers, 'cache-control': 'no-store', [answerHeader]: 'provider' })
  if (body) pipeline(Readable.fromWeb(body as NodeStream<Uint8Array>), outgoing).catch(() => {})
  else outgoing.end()
  return RESPONSE_ALREADY_SENT
}

/** Calls a provider with a connection's token for a back end, which never holds it. */
export const serveProxy = (app: Api, container: Container) => {
  const { providers, forwardCall, recordRefusal, env, log } = container

  const answer = async (context: ApiContext): Promise<Response> => {
    const { incoming } = context.env
    const named = context.req.param('provider') ?? ''
    const served = Object.hasOwn(providers, named) ? providers[named as ProviderId] : null
    if (!served || served.grant === 'keys') return refuse('provider_unknown')
    const provider = named as ProviderId
    const holder = await tokenHolderOf(container, context, provider, 'proxy')
    if (holder instanceof Response) return holder
    const { tenantId, prefix, ip } = holder
    const { path, query } = targetOf(incoming.url ?? '')
    if (!served.allowsPath(path)) return refuse('path_refused')
    // nobody without a key makes us hold a megabyte
    const body = await readBytes(incoming, mostBytes)
    if (body === null) {
      const code = 'body_too_large'
      await recordRefusal.request({ code, actor: { kind: 'back_end', ip }, tenantId, prefix })
      return refuse(code)
    }
    // what was read before the body came may be old by now
    const tokenSet = body.length === 0 ? holder.tokenSet : undefined
    const headers = Object.fromEntries(
      sentOn.flatMap((name) => {
        const value = incoming.headers[name]
        return typeof value === 'string' ? [[name, value]] : []
      }),
    )
    const method = incoming.method ?? 'GET'
    const carried = method === 'GET' || method === 'HEAD' || body.length === 0 ? null : body
    const call = { method, path, query, headers, body: carried, signal: signalFor(context) }
    const given = await forwardCall({ tenantId, provider }, call, tokenSet)
    if (given.kind === 'spent') return refuse('rate_limited', { 'retry-after': String(given.retryAfterS) })
    if (given.kind === 'redirect') return refuse('provider_redirect')
    if (given.kind === 'no_answer') return refuse('provider_unavailable', { 'retry-after': '5' })
    return stream(context, given)
  }

  for (const method of proxiedMethods) app.openAPIRegistry.registerPath(proxyRoute(method))
  const path = '/api/v1/connections/:provider/proxy/*'
  const methods = proxiedMethods.map((method) => method.toUpperCase())
  app.on(methods, path, (context) => {
    const { incoming, outgoing } = context.env
    // what is ours, unless the provider's answer says otherwise
    outgoing.setHeader(answerHeader, 'porte-cles')
    const ip = peerIp(incoming, env.trustedProxyHops)
    const about = { route: proxyPath, method: incoming.method ?? '', ...(ip && { ip }) }
    return answerProgram(about, log, async () => {
      try {
        return await answer(context)
      } catch (error) {
        // who hung up while the body came hears nothing
        if (incoming.destroyed && !incoming.complete) return refuse('body_malformed')
        throw error
      }
    })
  })
  app.all(path, () => refuse('method_not_allowed', { allow: [...methods, 'HEAD'].join(', ') }))
}
