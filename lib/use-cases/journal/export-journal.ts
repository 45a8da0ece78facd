import { type Admin, type SupportUser, tenantOf } from '#lib/domain/accounts/user.ts'
import { actorOf, type JournalDetail, journalEntry } from '#lib/domain/journal/journal-entry.ts'
import type { JournalFilter, JournalLine, JournalPlace, JournalScope } from '#lib/domain/journal/journal-view.ts'
import type { Deps } from '#lib/ports/deps.ts'
import type { JournalPage, ReadJournal } from './read-journal.ts'

/** Lines in memory at once, however many there are; others wait no longer than it takes to word these. */
const batchLength = 200

/** Hands out what a filter shows: to an admin of their tenant's journal, to support of all; and journals that it did. */
export const exportJournal = ({ store, clock }: Deps, readJournal: ReadJournal) => {
  async function* read(scope: JournalScope, filter: JournalFilter): AsyncGenerator<JournalLine[]> {
    let after: JournalPlace | null = null
    do {
      const page: JournalPage = await readJournal(scope, filter, after, batchLength)
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
  const begin = async (user: Admin | SupportUser, filter: JournalFilter, asked: JournalDetail) => {
    const at = clock.now()
    const until = filter.until && filter.until < at ? filter.until : at
    const bounded = { ...filter, until }
    const tenantId = tenantOf(user)
    const scope = user.role === 'support' ? 'all' : user.tenantId
    const rows = await store.journal.count(scope, bounded)
    await store.journal.append(
      journalEntry({
        at,
        tenantId,
        actor: actorOf(user),
        event: 'journal.exported',
        detail: { ...asked, rows },
      }),
    )
    return read(scope, bounded)
  }

  return begin
}
