import { checkName, normalizeName } from '#lib/domain/accounts/account-validation.ts'
import type { TenantId } from '#lib/domain/accounts/tenant.ts'
import {
  type ApiKey,
  allows,
  apiVerbs,
  bearerOf,
  isLive,
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
import type { TokenSet } from '#lib/ports/tokens.ts'
import type { RecordRefusal } from '../journal/record-refusal.ts'
import type { CountKeyUses } from './count-key-uses.ts'

/** What a request came with. */
interface Asking {
  authorization: string | undefined
  tenantHeader: string | undefined
  anyOf: readonly Scope[]
  ip: string | null
}

/** Whose data a request may have. */
interface Holder {
  tenantId: TenantId
  prefix: string
  scopes: readonly string[]
}

/** Keys of back ends: who made them, whom they let in. */
export const manageApiKeys = (
  { store, clock, random }: Deps,
  { use, see }: Pick<CountKeyUses, 'use' | 'see'>,
  refusals: Pick<RecordRefusal, 'key'>,
) => {
  const holderOf = ({ found, tenantId }: { found: { key: ApiKey }; tenantId: TenantId }): Holder => ({
    tenantId,
    prefix: found.key.prefix,
    scopes: found.key.scopes,
  })

  type Found = { key: ApiKey; tenantId: TenantId | null } | null

  /** Whether a key that was found, or not, is live and has one of these scopes. */
  const judgeKey = <F extends Found>(
    found: F,
    secret: string | undefined,
    anyOf: readonly Scope[],
  ): { found: NonNullable<F> } | { refused: KeyRefusal } => {
    if (!found || secret === undefined || !sameHash(found.key.secretHash, random.hash(secret)))
      return { refused: 'unauthorized' }
    if (!isLive(found.key, clock.now())) return { refused: 'unauthorized' }
    return allows(found.key, anyOf) ? { found } : { refused: 'scope_missing' }
  }

  /** Whether it lets in a request for the tenant that it names, if any. */
  const judge = <F extends Found>(
    seen: F,
    { secret, named, anyOf }: { secret: string | undefined; named: NamedTenant | null; anyOf: readonly Scope[] },
  ): { found: NonNullable<F>; tenantId: TenantId } | { refused: KeyRefusal } => {
    const judged = judgeKey(seen, secret, anyOf)
    if ('refused' in judged) return judged
    const { found } = judged
    const { key, tenantId } = found
    if (key.tenantId === null && named === null) return { refused: 'tenant_missing' }
    const foreign = key.tenantId !== null && key.tenantId !== tenantId
    return tenantId === null || foreign ? { refused: 'tenant_unknown' } : { found, tenantId }
  }

  const admit = async <F extends Found>(
    { authorization, tenantHeader, anyOf, ip }: Asking,
    find: (prefix: string, named: NamedTenant | null) => Promise<F>,
  ) => {
    const parts = readApiKey(bearerOf(authorization))
    const named = readTenantHeader(tenantHeader)
    const found = parts && (await find(parts.prefix, named))
    const judged = judge(found, { secret: parts?.secret, named, anyOf })
    if ('refused' in judged) await refusals.key({ refusal: judged.refused, key: found?.key ?? null, ip })
    else use(judged.found.key.prefix, judged.tenantId)
    return judged
  }

  return {
    /** All that a key may be let to ask of a provider. */
    scopesOf: (provider: ProviderId): Scope[] => apiVerbs.map((verb) => `${provider}:${verb}` as const),

    /**
     * @param typed.tenantId null makes a key of the platform
     * @param typed.expiresAt none keeps the key until it is revoked
     * @returns the whole key, which nobody can read again; null when a scope is not one, or the end is over already
     * @throws Failure `program_name_missing`
     */
    create: async (
      typed: { name: string; tenantId: TenantId | null; scopes: readonly string[]; expiresAt?: Date | null },
      actor: Actor,
    ): Promise<string | null> => {
      const name = normalizeName(typed.name)
      const [problem] = checkName(name, 'program_name_missing')
      if (problem) throw new Failure(problem)
      const scopes = [...new Set(typed.scopes)]
      if (scopes.length === 0 || !scopes.every((scope) => isScope(scope, providerIds))) return null
      if (typed.tenantId !== null && scopes.includes(metricsScope)) return null
      const prefix = random.uuid().replaceAll('-', '').slice(0, 12)
      const secret = random.secret()
      const createdAt = clock.now()
      const { tenantId, expiresAt = null } = typed
      if (expiresAt !== null && expiresAt <= createdAt) return null
      const secretHash = random.hash(secret)
      const unused = { usedAt: null, revokedAt: null }
      const key: ApiKey = { prefix, secretHash, tenantId, name, scopes, createdAt, expiresAt, ...unused }
      const detail = { prefix, scopes: scopes.join(' ') }
      const entry = journalEntry({ at: createdAt, tenantId, actor, event: 'api_key.created', detail })
      await store.apiKeys.add(key, entry)
      return writeApiKey(prefix, secret)
    },

    /** The keys of a tenant, or of the platform (null): those that still let in first, newest first. */
    list: async (tenantId: TenantId | null): Promise<ApiKey[]> => {
      const keys = await store.apiKeys.listOf(tenantId)
      const now = clock.now()
      return [...keys.filter((key) => isLive(key, now)), ...keys.filter((key) => !isLive(key, now))]
    },

    /**
     * @param of of whose keys; any, when an operator says so
     * @returns false when there is no such key that is not revoked yet
     */
    revoke: async (
      prefix: string,
      actor: Actor,
      of: { tenantId: TenantId | null } | 'any' = 'any',
    ): Promise<boolean> => {
      const found = isPrefix(prefix) ? await store.apiKeys.findByPrefix(prefix, null) : null
      if (found === null) return false
      const { tenantId, scopes } = found.key
      if (of !== 'any' && of.tenantId !== tenantId) return false
      const detail = { prefix, scopes: scopes.join(' ') }
      const entry = journalEntry({ at: clock.now(), tenantId, actor, event: 'api_key.revoked', detail })
      return store.apiKeys.revoke(prefix, tenantId, entry)
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
    ): Promise<Holder | { refused: KeyRefusal }> => {
      const asking = { authorization, tenantHeader, anyOf, ip }
      const judged = await admit(asking, (prefix, named) => store.apiKeys.findByPrefix(prefix, named))
      return 'refused' in judged ? judged : holderOf(judged)
    },

    /** The same for what needs a token: with the token set in use, null where there is none, in the same read. */
    authenticateForToken: async (
      asking: Asking,
      provider: ProviderId,
    ): Promise<(Holder & { tokenSet: TokenSet | null }) | { refused: KeyRefusal }> => {
      const judged = await admit(asking, (prefix, named) =>
        store.tokens.readForKey({ prefix, named, provider }, clock.now()),
      )
      return 'refused' in judged ? judged : { ...holderOf(judged), tokenSet: judged.found.tokenSet }
    },

    /** Whether a request may read what is measured, which is of all tenants. @returns why not, or null */
    refuseMetrics: async (authorization: string | undefined, ip: string | null): Promise<KeyRefusal | null> => {
      const parts = readApiKey(bearerOf(authorization))
      const found = parts && (await store.apiKeys.findByPrefix(parts.prefix, null))
      const judged = judgeKey(found, parts?.secret, [metricsScope])
      const refusal = 'refused' in judged ? judged.refused : judged.found.key.tenantId === null ? null : 'scope_missing'
      if (refusal) await refusals.key({ refusal, key: found?.key ?? null, ip })
      else if (parts) see(parts.prefix)
      return refusal
    },
  }
}
