import { type ProviderId, providerIds } from '#lib/domain/connections/provider.ts'
import { failedWithinMs } from '#lib/domain/support/console-view.ts'
import type { Deps } from '#lib/ports/deps.ts'
import type { ConsoleCounts } from '#lib/ports/support.ts'

export interface Counted extends ConsoleCounts {
  at: Date
  /** Connections that wait until the operator's own client works again. */
  operatorFault: number
  /** How far customers have come from a provider to the one that replaces it, where there are any. */
  migrations: { from: ProviderId; done: number; left: number }[]
}

/** An authorization that was refused longer ago says nothing of now. */
const refusedWithinMs = 3600 * 1000

/** Counts are this old at most. */
const cacheMs = 10_000

/** The numbers above support's list: counted once for everybody who looks within ten seconds. */
export const countConnections = ({ store, providers, clock, monotonicMs }: Deps) => {
  const replaced = providerIds.flatMap((id) => providers[id].supersedes ?? [])
  let cached: { countedMs: number; counting: Promise<Counted> } | null = null

  const count = async (): Promise<Counted> => {
    const at = clock.now()
    const counts = await store.console.count(new Date(at.getTime() - failedWithinMs))
    const operatorFault = await store.console.countOperatorFault(new Date(at.getTime() - refusedWithinMs))
    const migrations = []
    for (const from of replaced) migrations.push({ from, ...(await store.console.countReplaced(from)) })
    return { ...counts, at, operatorFault, migrations: migrations.filter(({ done, left }) => done + left > 0) }
  }

  /** @throws Failure `storage_unavailable`; the next one asks again */
  const read = (): Promise<Counted> => {
    if (cached && monotonicMs() - cached.countedMs < cacheMs) return cached.counting
    const counting = count()
    cached = { countedMs: monotonicMs(), counting }
    counting.catch(() => {
      cached = null
    })
    return counting
  }
  return read
}
