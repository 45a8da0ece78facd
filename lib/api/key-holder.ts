import { z } from '@hono/zod-openapi'
import type { Container } from '#lib/composition/container.ts'
import { peerIp } from '#lib/composition/http/client-ip.ts'
import type { TenantId } from '#lib/domain/accounts/tenant.ts'
import type { ApiVerb, Scope } from '#lib/domain/api-keys/api-key.ts'
import type { ProviderId } from '#lib/domain/connections/provider.ts'
import { refuse, refuseKey } from './problem.ts'
import type { ApiContext } from './routes.ts'

const tenantHeader = 'porte-cles-tenant'

/** Whose request it is. */
export interface KeyHolder {
  tenantId: TenantId
  prefix: string
  scopes: readonly string[]
  ip: string | null
}

export const tenantParameter = z.object({
  [tenantHeader]: z.string().optional().openapi({
    description: 'Whose data: the tenant’s id, or `ref:` and its number in Pro+. A key of the platform needs it.',
    example: 'ref:10482',
  }),
})

/** What the operations that take a key answer to one that does not let in. */
export const keyProblems = {
  400: '`tenant_missing`: a key of the platform names its tenant.',
  401: '`unauthorized`: the key is missing, wrong, expired or revoked.',
  403: '`scope_missing`: the key may not ask this.',
  404: '`tenant_unknown`.',
  429: '`rate_limited`: ask again after `Retry-After` seconds.',
}

type ForToken = Exclude<Awaited<ReturnType<Container['manageApiKeys']['authenticateForToken']>>, { refused: unknown }>

type Needed = Pick<Container, 'manageApiKeys' | 'callLimits' | 'env'>

const comeWith = ({ env }: Needed, { env: { incoming } }: ApiContext) => {
  const { authorization, [tenantHeader]: named } = incoming.headers
  const tenant = Array.isArray(named) ? named.join() : named
  return { authorization, tenantHeader: tenant, ip: peerIp(incoming, env.trustedProxyHops) }
}

/** Counts a call of a key, and tells how many are left. @returns the refusal of one too many */
const countCall = (
  { callLimits }: Needed,
  { env: { outgoing } }: ApiContext,
  kind: keyof Container['callLimits'],
  prefix: string,
): Response | null => {
  const { refused, headers } = callLimits[kind](prefix)
  for (const name in headers) outgoing.setHeader(name, headers[name] ?? '')
  return refused ? refuse('rate_limited') : null
}

/** @returns who holds the key of a request, or what it is answered without one that may ask this */
export const holderOf = async (
  container: Needed,
  context: ApiContext,
  anyOf: readonly Scope[],
): Promise<KeyHolder | Response> => {
  const { authorization, tenantHeader: tenant, ip } = comeWith(container, context)
  const holder = await container.manageApiKeys.authenticate(authorization, tenant, anyOf, ip)
  if ('refused' in holder) return refuseKey(holder.refused, authorization !== undefined, anyOf)
  return countCall(container, context, 'calls', holder.prefix) ?? { ...holder, ip }
}

/** The same for what needs a token of a provider: read with the key, null where there is none. */
export const tokenHolderOf = async (
  container: Needed,
  context: ApiContext,
  provider: ProviderId,
  verb: ApiVerb,
): Promise<(KeyHolder & Pick<ForToken, 'tokenSet'>) | Response> => {
  const came = comeWith(container, context)
  const anyOf: Scope[] = [`${provider}:${verb}`]
  const holder = await container.manageApiKeys.authenticateForToken({ ...came, anyOf }, provider)
  if ('refused' in holder) return refuseKey(holder.refused, came.authorization !== undefined, anyOf)
  const kind = verb === 'proxy' ? 'proxy' : 'calls'
  return countCall(container, context, kind, holder.prefix) ?? { ...holder, ip: came.ip }
}
