import type { SupportUser } from '#lib/domain/accounts/user.ts'
import { actorOf, journalEntry } from '#lib/domain/journal/journal-entry.ts'
import type { ConsoleCursor, ConsoleView } from '#lib/domain/support/console-view.ts'
import type { Deps } from '#lib/ports/deps.ts'
import type { ConsoleRow } from '#lib/ports/support.ts'

/** Rows in memory at once, however many there are. */
const batchLength = 200

/** Hands out support's list as a filter shows it, and journals that it did, before the first line leaves. */
export const exportConsole =
  ({ store, clock }: Pick<Deps, 'store' | 'clock'>) =>
  async (support: SupportUser, view: ConsoleView): Promise<AsyncIterable<ConsoleRow[]>> => {
    async function* read() {
      let cursor: ConsoleCursor | null = null
      for (;;) {
        const { rows }: { rows: ConsoleRow[] } = await store.console.list(view, cursor, batchLength)
        if (rows.length > 0) yield rows
        const place = rows.at(-1)?.place
        if (rows.length < batchLength || !place) return
        cursor = { place, backward: false }
      }
    }
    const entry = { at: clock.now(), tenantId: null, actor: actorOf(support), event: 'console.exported' } as const
    await store.journal.append(journalEntry(entry))
    return read()
  }
