import type { TenantId } from '#lib/domain/accounts/tenant.ts'
import { journalEntry } from '#lib/domain/journal/journal-entry.ts'
import type { Deps } from '#lib/ports/deps.ts'

interface Use {
  prefix: string
  tenantId: TenantId
  count: number
}

/** How often this process let each API key in, for whom: the journal gets one entry an hour, not one a call. */
export const countKeyUses = ({ store, clock, log }: Deps) => {
  let uses = new Map<string, Use>()

  /** Counts a use, for the journal. */
  const note = (prefix: string, tenantId: TenantId, count = 1): void => {
    const name = `${prefix} ${tenantId}`
    const use = uses.get(name)
    if (use) use.count += count
    else uses.set(name, { prefix, tenantId, count })
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

  return { note, journal }
}

export type CountKeyUses = ReturnType<typeof countKeyUses>
