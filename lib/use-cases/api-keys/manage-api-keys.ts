import { checkName, normalizeName } from '#lib/domain/accounts/account-validation.ts'
import type { TenantId } from '#lib/domain/accounts/tenant.ts'
import {
  type ApiKey,
  allows,
  apiVerbs,
  bearerOf,
  isPrefix,
  isScope,
  type KeyRefusal,
  metricsScope,
  type NamedTenant,
  readApiKey,
  readTenantHeader,
  type Scope,
  sameHash,
  writeApiKey,
} from '#lib/domain/api-keys/api-key.ts'
import { type ProviderId, providerIds } from '#lib/domain/connections/provider.ts'
import { Failure } from '#lib/domain/failure.ts'
import { type Actor, journalEntry } from '#lib/domain/journal/journal-entry.ts'
import type { Deps } from '#lib/ports/deps.ts'
import type { RecordRefusal } from '../journal/record-refusal.ts'
import type { CountKeyUses } from './count-key-uses.ts'

const useEveryMs = 60_000

/** Keys of back ends: who made them, whom they let in. */
export const manageApiKeys = (
  { store, clock, random, log }: Deps,
  { note }: Pick<CountKeyUses, 'note'>,
  refusals: Pick<RecordRefusal, 'key'>,
) => {
  /** Buffered, and not worth an answer: a token is not withheld because its use could not be noted. */
  const touch = async ({ prefix, usedAt }: ApiKey) => {
    const now = clock.now()
    if (usedAt !== null && now.getTime() - usedAt.getTime() < useEveryMs) return
    await store.apiKeys.touch(prefix, now).catch(() => log.warn('the use of an API key was not noted'))
  }

  const refuseKey = async (refusal: KeyRefusal, key: ApiKey | null, ip: string | null) => {
    await refusals.key({ refusal, key, ip })
    return { refused: refusal }
  }

  /** The live key of a request that has this scope, with the tenant it names. */
  const findKey = async (
    authorization: string | undefined,
    named: NamedTenant | null,
    anyOf: readonly Scope[],
    ip: string | null,
  ) => {
    const parts = readApiKey(bearerOf(authorization))
    const found = parts && (await store.apiKeys.findByPrefix(parts.prefix, named))
    if (!found || !sameHash(found.key.secretHash, random.hash(parts.secret)))
      return refuseKey('unauthorized', found?.key ?? null, ip)
    if (found.key.revokedAt !== null) return refuseKey('unauthorized', found.key, ip)
    return allows(found.key, anyOf) ? found : refuseKey('scope_missing', found.key, ip)
  }

  return {
    /** All that a key may be let to ask of a provider. */
    scopesOf: (provider: ProviderId): Scope[] => apiVerbs.map((verb) => `${provider}:${verb}` as const),

    /**
     * @param typed.tenantId null makes a key of the platform
     * @returns the whole key, which nobody can read again; null when a scope is not one
     * @throws Failure `name_missing`
     */
    create: async (
      typed: { name: string; tenantId: TenantId | null; scopes: readonly string[] },
      actor: Actor,
    ): Promise<string | null> => {
      const name = normalizeName(typed.name)
      const [problem] = checkName(name)
      if (problem) throw new Failure(problem)
      const scopes = [...new Set(typed.scopes)]
      if (scopes.length === 0 || !scopes.every((scope) => isScope(scope, providerIds))) return null
      if (typed.tenantId !== null && scopes.includes(metricsScope)) return null
      const prefix = random.uuid().replaceAll('-', '').slice(0, 12)
      const secret = random.secret()
      const createdAt = clock.now()
      const { tenantId } = typed
      const secretHash = random.hash(secret)
      const key: ApiKey = { prefix, secretHash, tenantId, name, scopes, createdAt, usedAt: null, revokedAt: null }
      const detail = { prefix, scopes: scopes.join(' ') }
      const entry = journalEntry({ at: createdAt, tenantId, actor, event: 'api_key.created', detail })
      await store.apiKeys.add(key, entry)
      return writeApiKey(prefix, secret)
    },

    /** @returns false when there is no live key with this prefix. */
    revoke: async (prefix: string, actor: Actor): Promise<boolean> => {
      const found = isPrefix(prefix) ? await store.apiKeys.findByPrefix(prefix, null) : null
      if (found === null) return false
      const { tenantId, scopes } = found.key
      const detail = { prefix, scopes: scopes.join(' ') }
      const entry = journalEntry({ at: clock.now(), tenantId, actor, event: 'api_key.revoked', detail })
      return store.apiKeys.revoke(prefix, entry)
    },

    /**
     * Whose data a request may have.
     *
     * @param authorization the request's `Authorization`
     * @param tenantHeader its `Porte-Cles-Tenant`, which a key of the platform needs
     * @param anyOf the scopes of which the key needs one
     * @param ip where it came from, where that is known
     */
    authenticate: async (
      authorization: string | undefined,
      tenantHeader: string | undefined,
      anyOf: readonly Scope[],
      ip: string | null = null,
    ): Promise<{ tenantId: TenantId; prefix: string; scopes: readonly string[] } | { refused: KeyRefusal }> => {
      const named = readTenantHeader(tenantHeader)
      const found = await findKey(authorization, named, anyOf, ip)
      if ('refused' in found) return found
      const { key, tenantId } = found
      if (key.tenantId === null && named === null) return refuseKey('tenant_missing', key, ip)
      const foreign = key.tenantId !== null && key.tenantId !== tenantId
      if (tenantId === null || foreign) return refuseKey('tenant_unknown', key, ip)
      note(key.prefix, tenantId)
      await touch(key)
      return { tenantId, prefix: key.prefix, scopes: key.scopes }
    },

    /** Whether a request may read what is measured, which is of all tenants. @returns why not, or null */
    refuseMetrics: async (authorization: string | undefined, ip: string | null): Promise<KeyRefusal | null> => {
      const found = await findKey(authorization, null, [metricsScope], ip)
      if ('refused' in found) return found.refused
      if (found.key.tenantId !== null) return (await refuseKey('scope_missing', found.key, ip)).refused
      await touch(found.key)
      return null
    },
  }
}
