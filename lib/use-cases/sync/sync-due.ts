import { workPool } from '#lib/domain/operations/work-pool.ts'
import { firstCheckpoint } from '#lib/domain/sync/checkpoint.ts'
import { pageSize } from '#lib/domain/sync/question.ts'
import { syncedLists } from '#lib/domain/sync/synced-lists.ts'
import type { Deps } from '#lib/ports/deps.ts'
import type { Hint } from '#lib/ports/provider-webhooks.ts'
import type { ClaimedList } from '#lib/ports/sync.ts'
import type { SyncStep } from './sync-step.ts'

/** A page is asked for within 20 s and stored within 10: nobody else reads it meanwhile. */
const leaseMs = 60_000
/**
 * Pages that a process reads at a time: of each list one, so of a tenant as many as it has lists. Four processes keep the
 * lists of ten thousand tenants up to date where an answer takes 700 ms.
 */
const places = 24
/** A hint that could not be followed is due again after this; where somebody else reads its list, as soon as that may be over. */
const [hintClaimMs, hintBusyMs] = [20_000, 2_000]

/** Pages that the run under way has read. */
const pagesOf = ({ checkpoint, tally }: ClaimedList) => (checkpoint.run ? tally.calls : 0)

/** The background work of the copies: pages of lists that are due, whoever's turn it is. */
export const syncDue = ({ store, clock }: Deps, step: SyncStep) => {
  /** Calls are spread over the minute, closer than anybody looks for what is due. */
  const wakeIn = (ms: number, work: () => Promise<void> = pool.fill) => {
    // what cannot be claimed then is told to the next who looks
    setTimeout(() => void work().catch(() => {}), ms).unref()
  }
  const pool = workPool({
    places,
    claim: async (free) => {
      const claimed = await store.sync.claimDue(free, leaseMs, clock.now())
      // lists of one account share its minute: who has read less asks first, else one would read all of it alone
      return claimed.sort((a, b) => pagesOf(a) - pagesOf(b))
    },
    work: async (claimed) => void (await step(claimed, (ms) => wakeIn(ms))),
  })
  /** Hints of one list, in one call. */
  const follow = async (hints: readonly Hint[]): Promise<void> => {
    const [first] = hints
    if (!first || first.kind === 'account') return
    const { tenantId, kind } = first
    const claimed = await store.sync.claimList(tenantId, kind, leaseMs, clock.now())
    if (!claimed) {
      const found = await store.sync.find(tenantId, kind)
      const isBusy = found !== null && found.stoppedAt === null && found.dueAt !== null
      if (isBusy) await store.webhooks.putOffHints(hints, hintBusyMs, clock.now())
      return
    }
    let roomInMs: number | null = null
    const noteRoom = (ms: number) => {
      roomInMs = ms
      wakeIn(ms)
    }
    const ids = hints.map(({ id }) => id)
    if (await step(claimed, noteRoom, ids)) return store.webhooks.finishHints(hints)
    if (roomInMs === null) return
    await store.webhooks.putOffHints(hints, roomInMs, clock.now())
    wakeIn(roomInMs, followHints)
  }
  /** What webhooks told may have changed, list by list; a list that somebody else reads keeps its hints for later. */
  const followHints = async (): Promise<void> => {
    const hints = await store.webhooks.claimHints(['companies', 'contacts'], pageSize, hintClaimMs, clock.now())
    const lists = new Map<string, Hint[]>()
    for (const hint of hints) {
      const key = `${hint.tenantId} ${hint.kind}`
      lists.set(key, [...(lists.get(key) ?? []), hint])
    }
    await Promise.all([...lists.values()].map(follow))
  }

  return {
    followHints,
    /** Makes and wakes the lists of connections that work. */
    adopt: async (): Promise<void> => {
      const now = clock.now()
      await store.sync.adopt(Object.values(syncedLists), firstCheckpoint(now.getTime()), now)
    },
    /** Reads the page that was claimed. */
    readPage: (claimed: ClaimedList) => step(claimed, (ms) => wakeIn(ms)),
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
