import { listIds } from '#lib/domain/sync/list.ts'
import type { Deps } from '#lib/ports/deps.ts'
import type { Fleet } from '#lib/ports/operations.ts'

/** However often it is asked for. */
const countEveryMs = 15_000

/** How all connections, queues and copies stand; null while the database does not say. */
export const measureFleet = ({ store, clock, monotonicMs }: Deps) => {
  let known: { atMs: number; fleet: Promise<Fleet | null> } | null = null
  return (): Promise<Fleet | null> => {
    if (known && monotonicMs() - known.atMs < countEveryMs) return known.fleet
    const fleet = store.fleet.measure(listIds, clock.now()).catch(() => null)
    known = { atMs: monotonicMs(), fleet }
    return fleet
  }
}
