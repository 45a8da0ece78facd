import { randomUUID } from 'node:crypto'
import { and, count, desc, eq, gt, gte, inArray, lt, lte, ne, or, type SQL, sql } from 'drizzle-orm'
import { dayMs } from '#lib/domain/duration.ts'
import type { RateLimitStore } from '#lib/ports/deps.ts'
import type { Database } from '../engine/database.ts'
import type { Queries } from '../engine/queries.ts'

/** No window may be longer: older events of any bucket are swept. */
const cacheMs = dayMs

/** The delete of a bucket's newest event. */
export const giveBack = ({ tables: { throttleLog: log } }: Database, q: Queries, bucket: string) =>
  q
    .delete(log)
    .where(
      inArray(
        log.id,
        q.select({ id: log.id }).from(log).where(eq(log.bucket, bucket)).orderBy(desc(log.at), desc(log.id)).limit(1),
      ),
    )

/**
 * A sliding log: exact whatever the number of callers and processes, since each one first takes its bucket's gate row
 * (a row of its own, locked until the end of the transaction) and counts after it.
 */
export const rateLimitStore = (db: Database): RateLimitStore => {
  const log = db.tables.throttleLog
  const inWindow = (bucket: string, since: Date): SQL | undefined => and(eq(log.bucket, bucket), gt(log.at, since))

  const sweep = (bucket: string, since: Date, now: Date) =>
    db.q
      .delete(log)
      .where(or(and(eq(log.bucket, bucket), lte(log.at, since)), lt(log.at, new Date(now.getTime() - cacheMs))))

  return {
    take: async (bucket, limit, windowMs, now) => {
      const since = new Date(now.getTime() - windowMs)
      const id = randomUUID()
      await sweep(bucket, since, now)
      await db.atomically({
        guard: (q) =>
          q
            .insert(log)
            .values({ id: `gate:${bucket}`, bucket: 'gate', at: now })
            .onConflictDoUpdate({ target: log.id, set: { at: now } })
            .returning({ id: log.id }),
        then: (q) => {
          const others = q
            .select({ n: count() })
            .from(log)
            .where(and(inWindow(bucket, since), ne(log.id, id)))
          return [
            q.insert(log).values({ id, bucket, at: now }),
            q.delete(log).where(and(eq(log.id, id), gte(sql`(${others})`, limit))),
          ]
        },
      })
      const [taken] = await db.q.select({ id: log.id }).from(log).where(eq(log.id, id))
      if (taken) return null
      // the event whose leaving makes room for one more
      const [leaver] = await db.q
        .select({ at: log.at })
        .from(log)
        .where(inWindow(bucket, since))
        .orderBy(desc(log.at), desc(log.id))
        .limit(1)
        .offset(Math.max(0, limit - 1))
      return leaver ? Math.max(1, leaver.at.getTime() + windowMs - now.getTime()) : 1
    },
    record: async (bucket, limit, windowMs, now) => {
      const since = new Date(now.getTime() - windowMs)
      await sweep(bucket, since, now)
      await db.q.insert(log).values({ id: randomUUID(), bucket, at: now })
      const beyond = await db.q
        .select({ id: log.id })
        .from(log)
        .where(inWindow(bucket, since))
        .orderBy(desc(log.at), desc(log.id))
        .limit(1)
        .offset(limit)
      return beyond.length > 0
    },
    giveBack: async (buckets) => {
      for (const bucket of buckets) await giveBack(db, db.q, bucket)
    },
  }
}
