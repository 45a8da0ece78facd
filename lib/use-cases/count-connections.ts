import type { ConsoleCounts } from '#lib/ports/console-store.ts'
import type { Deps } from '#lib/ports.ts'

export interface Counted extends ConsoleCounts {
  at: Date
}

/** Counts are this old at most. */
const keptMs = 10_000
/** « Depuis hier »: failed authorizations are counted over this time. */
export const failedWithinMs = 24 * 3600 * 1000

/** The numbers above support's list: counted once for everybody who looks within ten seconds. */
export const countConnections = ({ store, clock, monotonicMs }: Deps) => {
  let kept: { countedMs: number; counting: Promise<Counted> } | null = null

  const count = async (): Promise<Counted> => {
    const at = clock.now()
    const counts = await store.console.count(new Date(at.getTime() - failedWithinMs))
    return { ...counts, at }
  }

  /** @throws Failure `storage_unavailable`; the next one asks again */
  const read = (): Promise<Counted> => {
    if (kept && monotonicMs() - kept.countedMs < keptMs) return kept.counting
    const counting = count()
    kept = { countedMs: monotonicMs(), counting }
    counting.catch(() => {
      kept = null
    })
    return counting
  }
  return { read }
}
