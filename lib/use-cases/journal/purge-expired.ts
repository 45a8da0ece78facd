import { dayMs } from '#lib/domain/duration.ts'
import { retentionDays } from '#lib/domain/privacy/retention.ts'
import type { Deps } from '#lib/ports/deps.ts'
import type { SavedSettings } from '#lib/ports/journal.ts'

/** At most this many rows of a kind are deleted by one statement. */
const batchLength = 500

/** How long a deletion is told to whoever follows a list. */
const tombstoneDays = 90

/** What nobody looks back to any more is deleted, bit by bit, by any number of processes. */
export const purgeExpired = ({ store, clock, journalRetentionDays }: Deps) => {
  /** Days after their end. Zero for the journal keeps it for good. */
  const days: Record<SavedSettings, number> = {
    journal: journalRetentionDays,
    ...{ sessions: retentionDays.sessions, throttle: retentionDays.throttle, rate_budgets: retentionDays.rate_budgets },
    ...{
      links: retentionDays.links,
      invitations: retentionDays.invitations,
      authorizations: retentionDays.authorizations,
    },
    outages: retentionDays.outages,
  }

  /** One batch of each kind. @returns whether more may be left. */
  const round = async (): Promise<boolean> => {
    const now = clock.now().getTime()
    let more = await store.sync.forgetTombstones(new Date(now - tombstoneDays * dayMs), batchLength)
    for (const [what, keepDays] of Object.entries(days) as [SavedSettings, number][]) {
      if (keepDays === 0) continue
      const deleted = await store.retention.forget(what, new Date(now - keepDays * dayMs), batchLength)
      more ||= deleted === batchLength
    }
    const cutBefore = new Date(now - retentionDays.copy * dayMs)
    more = (await store.sync.forgetCut(cutBefore, batchLength, new Date(now))) || more
    return more
  }

  return round
}
