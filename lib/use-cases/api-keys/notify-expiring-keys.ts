import { notifyBeforeEndMs } from '#lib/domain/api-keys/api-key.ts'
import type { Deps } from '#lib/ports/deps.ts'

/** A week before a key of a tenant ends, its admins are told, once; of those of the platform the digest tells support. */
export const notifyExpiringKeys =
  ({ store, clock }: Pick<Deps, 'store' | 'clock'>) =>
  async (): Promise<void> => {
    const now = clock.now()
    for (const { prefix, tenantId } of await store.apiKeys.listEnding(notifyBeforeEndMs, now)) {
      if (tenantId === null) continue
      const mails = (await store.deliveries.listRecipients(tenantId)).map((userId) => ({
        ...({ channel: 'mail', kind: 'key_ending', tenantId } as const),
        ...{ onceKey: `key_ending:${prefix}:${userId}`, userId, payload: { prefix } },
      }))
      await store.deliveries.add(mails, { now, entry: null })
    }
  }
