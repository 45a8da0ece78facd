import { workPool } from '#lib/domain/operations/work-pool.ts'
import { firstCheckpoint } from '#lib/domain/sync/checkpoint.ts'
import { syncedLists } from '#lib/domain/sync/synced-lists.ts'
import type { Deps } from '#lib/ports/deps.ts'
import type { SyncStep } from './sync-step.ts'

/** A page is asked for within 20 s and stored within 10: nobody else reads it meanwhile. */
const leaseMs = 60_000
/** Pages that a process reads at a time: of each list one, so of a tenant as many as it has lists. */
const places = 16

/** The background work of the copies: pages of lists that are due, whoever's turn it is. */
export const syncDue = ({ store, clock }: Deps, step: SyncStep) => {
  /** Calls are spread over the minute, closer than anybody looks for pages that are due. */
  const wakeIn = (ms: number) => {
    // what cannot be claimed then is told to the next who looks
    setTimeout(() => void pool.fill().catch(() => {}), ms).unref()
  }
  const pool = workPool({
    places,
    claim: (free) => store.sync.claimDue(free, leaseMs, clock.now()),
    work: (claimed) => step(claimed, wakeIn),
  })
  return {
    /** Makes and wakes the lists of connections that work. */
    adopt: async (): Promise<void> => {
      const now = clock.now()
      await store.sync.adopt(Object.values(syncedLists), firstCheckpoint(now.getTime()), now)
    },
    /** Begins what is due, as far as there are free places; each place that becomes free takes what is due then. */
    beginDue: pool.fill,
    /** Works off what is due. @returns how many pages that were */
    readDue: async (): Promise<number> => {
      await pool.fill()
      return pool.settle()
    },
    /** Begins no further page; resolves when those under way are stored. */
    finish: async (): Promise<void> => {
      pool.close()
      await pool.settle()
    },
  }
}
