import { notifyBeforeEndMs } from '#lib/domain/api-keys/api-key.ts'
import { dayMs } from '#lib/domain/duration.ts'
import type { Digest } from '#lib/domain/notifications/digest.ts'
import type { Deps } from '#lib/ports/deps.ts'

/** What support reads in the morning, now. */
export const readDigest =
  ({ store, clock }: Pick<Deps, 'store' | 'clock'>) =>
  /** @param listed how many connections in need are named at most */
  async (listed: number): Promise<Digest> => {
    const now = clock.now()
    const [incidents, ending] = await Promise.all([
      store.incidents.digest(listed, dayMs, now),
      store.apiKeys.listEnding(notifyBeforeEndMs, now),
    ])
    const endingKeys = ending.flatMap(({ tenantId, name, prefix, expiresAt }) =>
      tenantId === null && expiresAt ? [{ name, prefix, expiresAt }] : [],
    )
    return { ...incidents, endingKeys }
  }

export type ReadDigest = ReturnType<typeof readDigest>
