import 'server-only'
import { container } from '#lib/composition/container.ts'
import type { TenantId } from '#lib/domain/accounts/tenant.ts'
import { type ApiKey, isLive, notifyBeforeEndMs, type Scope } from '#lib/domain/api-keys/api-key.ts'
import { endOf, type KeyTerm, keyTerms, platformScopes, tenantScopes } from '#lib/domain/api-keys/granting.ts'
import { requireAdmin, requireSupport } from '#lib/server/auth/session.ts'

/** A key as it is listed; its secret is known to its holder alone. */
export interface ListedKey extends Pick<ApiKey, 'prefix' | 'name' | 'scopes' | 'usedAt' | 'expiresAt' | 'revokedAt'> {
  state: 'live' | 'ending' | 'expired' | 'revoked'
}

export interface KeysPage {
  keys: ListedKey[]
  /** How many let their holders in. */
  live: number
  /** What a new key may be given. */
  scopes: readonly Scope[]
  terms: { term: KeyTerm; end: Date | null }[]
  /** How its end is announced. */
  reminder: 'mail' | 'digest' | 'here'
  now: Date
}

const stateOf = (key: ApiKey, now: Date): ListedKey['state'] => {
  if (key.revokedAt) return 'revoked'
  if (!isLive(key, now)) return 'expired'
  return key.expiresAt && key.expiresAt.getTime() - now.getTime() <= notifyBeforeEndMs ? 'ending' : 'live'
}

const read = async (tenantId: TenantId | null, scopes: readonly Scope[]): Promise<KeysPage> => {
  const { manageApiKeys, mailer, clock } = await container()
  const now = clock.now()
  const keys = (await manageApiKeys.list(tenantId)).map((key) => {
    const { prefix, name, scopes, usedAt, expiresAt, revokedAt } = key
    return { prefix, name, scopes, usedAt, expiresAt, revokedAt, state: stateOf(key, now) }
  })
  return {
    // those that end soon wait for somebody
    keys: [...keys.filter(({ state }) => state === 'ending'), ...keys.filter(({ state }) => state !== 'ending')],
    live: keys.filter(({ state }) => state === 'live' || state === 'ending').length,
    scopes,
    terms: keyTerms.map((term) => ({ term, end: endOf(term, now) })),
    reminder: mailer.configured ? (tenantId === null ? 'digest' : 'mail') : 'here',
    now,
  }
}

export const readKeys = async (): Promise<KeysPage> => read((await requireAdmin()).tenantId, tenantScopes)

/** Those of the platform. */
export const readPlatformKeys = async (): Promise<KeysPage> => {
  await requireSupport()
  return read(null, platformScopes)
}
