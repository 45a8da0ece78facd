import type { StorageHealth } from '#lib/ports/deps.ts'
import { type Database, storageFailure } from './database.ts'

/** A write that changes nothing anybody reads, and is kept like any other. */
export const writeProbe = async ({ q, tables: { throttleLog } }: Database) => {
  const at = new Date()
  await q
    .insert(throttleLog)
    .values({ id: 'gate:ready', bucket: 'gate', at })
    .onConflictDoUpdate({ target: throttleLog.id, set: { at } })
}

/** What this process has seen of its database. `failed` is told whenever a statement was not carried out. */
export const storageHealth = (db: Database, monotonicMs: () => number): StorageHealth & { failed(): void } => {
  let isFailing = false
  let sinceMs = monotonicMs()
  let probing: Promise<void> | null = null
  const failed = () => {
    isFailing = true
  }

  const probe = async () => {
    try {
      await db.reserve.ensure()
      if (!isFailing) return
      await writeProbe(db)
      isFailing = false
      sinceMs = monotonicMs()
    } catch (error) {
      failed()
      throw storageFailure(error)
    }
  }

  return {
    failed,
    isFailing: () => isFailing,
    healthyForMs: () => (isFailing ? 0 : monotonicMs() - sinceMs),
    probe: () => {
      probing ??= probe().finally(() => {
        probing = null
      })
      return probing
    },
  }
}
