import type { TenantId } from '#lib/domain/accounts/tenant.ts'
import { Failure } from '#lib/domain/failure.ts'
import type { ListId } from '#lib/domain/sync/list.ts'
import type { Deps } from '#lib/ports/deps.ts'

/** Which records are never to be stored again, known by an HMAC of their ids under a key of the tenant. */
export const erasedIds = ({ store, vault, clock, random }: Pick<Deps, 'store' | 'vault' | 'clock' | 'random'>) => {
  const context = (tenantId: TenantId) => ({ purpose: 'erasure_key', row: tenantId }) as const

  /** @throws Failure `storage_unavailable` when the key does not open: without it nobody knows what was erased */
  const findKey = async (tenantId: TenantId): Promise<string | null> => {
    const sealed = await store.erasedIds.findKey(tenantId)
    if (sealed === null) return null
    const key = await vault.open(sealed, context(tenantId))
    if (key === null) throw new Failure('storage_unavailable')
    return key
  }

  const makeKey = async (tenantId: TenantId): Promise<string> => {
    await store.erasedIds.addKey(tenantId, await vault.seal(random.secret(), context(tenantId)), clock.now())
    const key = await findKey(tenantId)
    if (key === null) throw new Failure('storage_unavailable')
    return key
  }

  return {
    /** The hash of an id, with a key made for it where there is none. */
    hashOf: async (tenantId: TenantId, providerId: string): Promise<string> =>
      random.hmac((await findKey(tenantId)) ?? (await makeKey(tenantId)), providerId),

    /** Those of the ids that were erased, with their hashes. A tenant that never erased anything costs one indexed read. */
    among: async (tenantId: TenantId, list: ListId, ids: readonly string[]): Promise<ReadonlyMap<string, string>> => {
      const key = ids.length === 0 ? null : await findKey(tenantId)
      if (key === null) return new Map()
      const hashes = new Map(ids.map((id) => [id, random.hmac(key, id)]))
      const erased = new Set(await store.erasedIds.among(tenantId, list, [...hashes.values()]))
      return new Map([...hashes].filter(([, hash]) => erased.has(hash)))
    },
  }
}

export type ErasedIds = ReturnType<typeof erasedIds>
