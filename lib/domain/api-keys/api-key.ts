import type { TenantId } from '../accounts/tenant.ts'
import type { ProviderId } from '../connections/provider.ts'
import { dayMs } from '../duration.ts'

export const apiVerbs = ['token', 'proxy', 'data:read'] as const

export type ApiVerb = (typeof apiVerbs)[number]

/** What a key may ask of which provider; `metrics:read` is for a key of the platform alone. */
export type Scope = `${ProviderId}:${ApiVerb}` | typeof metricsScope

export const metricsScope = 'metrics:read'

/** A key as it is stored: its secret is known to its holder alone. */
export interface ApiKey {
  /** Shown in lists; finds the key. */
  prefix: string
  secretHash: string
  /** Null for a key of the platform, which names its tenant with each request. */
  tenantId: TenantId | null
  name: string
  scopes: string[]
  createdAt: Date
  usedAt: Date | null
  /** Null for one that never ends. */
  expiresAt: Date | null
  revokedAt: Date | null
}

/** Which tenant a request is for, as its header says: by our id, or by the customer's number in Pro+. */
export type NamedTenant = { by: 'id' | 'ref'; value: string }

/** Why a request is not let in; `tenant_unknown` says nothing about whether another tenant exists. */
export type KeyRefusal = 'unauthorized' | 'scope_missing' | 'tenant_missing' | 'tenant_unknown'

const prefixPattern = /^[0-9a-f]{12}$/
const keyPattern = /^pk_([0-9a-f]{12})_([\w-]{43})$/

export const isPrefix = (text: string) => prefixPattern.test(text)

/** `pk_<prefix>_<secret>`: 12 hexadecimal digits, then 256 bits as base64url. */
export const writeApiKey = (prefix: string, secret: string) => `pk_${prefix}_${secret}`

/** @returns null for anything but a whole key. */
export const readApiKey = (text: string): { prefix: string; secret: string } | null => {
  const [, prefix, secret] = keyPattern.exec(text) ?? []
  return prefix && secret ? { prefix, secret } : null
}

/**
 * The bearer token of an `Authorization` header; empty when it holds none.
 *
 * @see https://www.rfc-editor.org/rfc/rfc6750#section-2.1
 */
export const bearerOf = (header: string | undefined): string => /^Bearer +(\S+) *$/i.exec(header ?? '')?.[1] ?? ''

/** `{id}` or `ref:{ref}`; null when the header is absent or blank. */
export const readTenantHeader = (header: string | undefined): NamedTenant | null => {
  const text = header?.trim()
  if (!text) return null
  return text.startsWith('ref:') ? { by: 'ref', value: text.slice(4).trim() } : { by: 'id', value: text }
}

export const isScope = (text: string, providers: readonly string[]): text is Scope => {
  if (text === metricsScope) return true
  const [, provider = '', verb = ''] = /^([^:]*):(.*)$/s.exec(text) ?? []
  return providers.includes(provider) && (apiVerbs as readonly string[]).includes(verb)
}

/** @param anyOf one of these is enough */
export const allows = ({ scopes }: Pick<ApiKey, 'scopes'>, anyOf: readonly Scope[]) =>
  anyOf.some((scope) => scopes.includes(scope))

/** Whether it lets its holder in. */
export const isLive = ({ revokedAt, expiresAt }: Pick<ApiKey, 'revokedAt' | 'expiresAt'>, now: Date): boolean =>
  revokedAt === null && (expiresAt === null || expiresAt > now)

/** Who can act on its end is told so long before. */
export const notifyBeforeEndMs = 7 * dayMs

/** Takes the same time wherever two hashes of one length differ. */
export const sameHash = (one: string, other: string): boolean => {
  let difference = one.length ^ other.length
  for (let at = 0; at < one.length; at += 1) difference |= one.charCodeAt(at) ^ other.charCodeAt(at)
  return difference === 0
}
