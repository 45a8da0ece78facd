import { checkName, normalizeName } from '#lib/domain/accounts/account-validation.ts'
import type { TenantId } from '#lib/domain/accounts/tenant.ts'
import {
  type ApiKey,
  allows,
  bearerOf,
  isPrefix,
  isScope,
  type KeyRefusal,
  readApiKey,
  readTenantHeader,
  type Scope,
  sameHash,
  writeApiKey,
} from '#lib/domain/api-keys/api-key.ts'
import { providerIds } from '#lib/domain/connections/provider.ts'
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

  return {
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
     * @param ip where it came from, where that is known
     */
    authenticate: async (
      authorization: string | undefined,
      tenantHeader: string | undefined,
      scope: Scope,
      ip: string | null = null,
    ): Promise<{ tenantId: TenantId; prefix: string } | { refused: KeyRefusal }> => {
      const parts = readApiKey(bearerOf(authorization))
      const named = readTenantHeader(tenantHeader)
      const found = parts && (await store.apiKeys.findByPrefix(parts.prefix, named))
      const refuse = async (refusal: KeyRefusal) => {
        await refusals.key({ refusal, key: found?.key ?? null, ip })
        return { refused: refusal }
      }
      if (!found || !sameHash(found.key.secretHash, random.hash(parts.secret))) return refuse('unauthorized')
      const { key, tenantId } = found
      if (key.revokedAt !== null) return refuse('unauthorized')
      if (!allows(key, scope)) return refuse('scope_missing')
      if (key.tenantId === null && named === null) return refuse('tenant_missing')
      const foreign = key.tenantId !== null && key.tenantId !== tenantId
      if (tenantId === null || foreign) return refuse('tenant_unknown')
      note(key.prefix, tenantId)
      await touch(key)
      return { tenantId, prefix: key.prefix }
    },
  }
}
