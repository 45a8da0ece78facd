import type { Admin } from '#lib/domain/accounts/user.ts'
import { actorOf, type JournalDetail, journalEntry } from '#lib/domain/journal/journal-entry.ts'
import type { JournalFilter, JournalLine, JournalPlace } from '#lib/domain/journal/journal-view.ts'
import type { Deps } from '#lib/ports/deps.ts'
import type { JournalPage, ReadJournal } from './read-journal.ts'

/** Lines in memory at once, however many there are; others wait no longer than it takes to word these. */
const batchLength = 200

/** Hands out what a filter shows of a tenant's journal, and journals that it did. */
export const exportJournal = ({ store, clock }: Deps, readJournal: ReadJournal) => {
  async function* read(admin: Admin, filter: JournalFilter): AsyncGenerator<JournalLine[]> {
    let after: JournalPlace | null = null
    do {
      const page: JournalPage = await readJournal(admin.tenantId, filter, after, batchLength)
      if (page.lines.length > 0) yield page.lines
      after = page.older
    } while (after)
  }

  /**
   * Journaled before the first line leaves, so that nothing leaves unseen: what happens from now on is not part of it.
   *
   * @param asked the filter in the words of the address
   * @returns batches, newest first
   */
  const begin = async (admin: Admin, filter: JournalFilter, asked: JournalDetail) => {
    const at = clock.now()
    const until = filter.until && filter.until < at ? filter.until : at
    const bounded = { ...filter, until }
    const rows = await store.journal.count(admin.tenantId, bounded)
    await store.journal.append(
      journalEntry({
        at,
        tenantId: admin.tenantId,
        actor: actorOf(admin),
        event: 'journal.exported',
        detail: { ...asked, rows },
      }),
    )
    return read(admin, bounded)
  }

  return begin
}
