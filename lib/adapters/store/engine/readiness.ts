import { Failure } from '#lib/domain/failure.ts'
import { type Database, storageFailure } from './database.ts'
import { writeProbe } from './storage-health.ts'

/** Whoever probes, and however often, the database is asked no more than once in this time. */
const askEveryMs = 5_000

/** Whether this process can do its work on the database: its migrations are there, every table answers, a write is kept. */
const examine = async (db: Database) => {
  const { q, tables } = db
  if ((await db.pendingMigrations()) > 0) throw new Failure('storage_unavailable', { errorCode: 'database_older' })
  for (const table of Object.values(tables)) await q.select().from(table).limit(0)
  if (!db.readOnly) await writeProbe(db)
}

/** @returns a function that throws Failure `storage_unavailable`, its evidence saying why */
export const readiness = (db: Database, monotonicMs: () => number) => {
  let asked: { atMs: number; answer: Promise<void> } | null = null
  return (): Promise<void> => {
    if (asked && monotonicMs() - asked.atMs < askEveryMs) return asked.answer
    const answer = examine(db).catch((error: unknown) => {
      throw storageFailure(error)
    })
    asked = { atMs: monotonicMs(), answer }
    return answer
  }
}
