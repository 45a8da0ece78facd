import type { TenantId } from '#lib/domain/accounts/tenant.ts'
import { journalEntry } from '#lib/domain/journal/journal-entry.ts'
import type { Deps } from '#lib/ports/deps.ts'

interface Use {
  prefix: string
  tenantId: TenantId
  count: number
}

/**
 * How often this process let each API key in, for whom, and when last: counted in memory, so that no call waits for a write.
 * The journal gets one entry an hour.
 */
export const countKeyUses = ({ store, clock, log }: Deps) => {
  let uses = new Map<string, Use>()
  let lastUses = new Map<string, Date>()

  const note = (prefix: string, tenantId: TenantId, count = 1): void => {
    const name = `${prefix} ${tenantId}`
    const use = uses.get(name)
    if (use) use.count += count
    else uses.set(name, { prefix, tenantId, count })
  }

  /** The key is in use. */
  const see = (prefix: string): void => void lastUses.set(prefix, clock.now())

  /** Counts a use for a tenant, and that the key is in use. */
  const use = (prefix: string, tenantId: TenantId): void => {
    note(prefix, tenantId)
    see(prefix)
  }

  /** Writes when each key was last used; what cannot be written is forgotten, and noted again with the next use. */
  const flush = async (): Promise<void> => {
    const pending = lastUses
    lastUses = new Map()
    for (const [prefix, at] of pending)
      await store.apiKeys.touch(prefix, at).catch(() => log.warn('the use of an API key was not noted'))
  }

  /** What could not be written is written the next time; a database that does not answer is not asked over and over. */
  const journal = async (): Promise<void> => {
    const pending = uses
    uses = new Map()
    let down = false
    for (const { prefix, tenantId, count } of pending.values()) {
      if (down) {
        note(prefix, tenantId, count)
        continue
      }
      try {
        await store.journal.append(
          journalEntry({
            at: clock.now(),
            tenantId,
            actor: { kind: 'back_end' },
            event: 'api_key.used',
            detail: { prefix, count },
          }),
        )
      } catch {
        log.warn('the uses of API keys were not journaled')
        note(prefix, tenantId, count)
        down = true
      }
    }
  }

  return { use, see, flush, journal }
}

export type CountKeyUses = ReturnType<typeof countKeyUses>
