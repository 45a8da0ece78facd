import { eq, ne } from 'drizzle-orm'
import { type GuideMark, isMarkedStep } from '#lib/domain/guide/guide.ts'
import type { GuideStore } from '#lib/ports/connections.ts'
import type { Database } from '../engine/database.ts'
import { writeEntry } from '../journal/journal.ts'

export const guideStore = (db: Database): GuideStore => {
  const { guideSteps } = db.tables
  return {
    marks: async (tenantId) => {
      const rows = await db.q
        .select({ step: guideSteps.step, choice: guideSteps.choice })
        .from(guideSteps)
        .where(eq(guideSteps.tenantId, tenantId))
      // a step that a later guide no longer has is no mark
      return rows.filter((row): row is GuideMark => isMarkedStep(row.step))
    },
    mark: async (tenantId, { step, choice }, entry) => {
      const won = await db.atomically({
        guard: (q) => {
          const added = q.insert(guideSteps).values({ tenantId, step, choice, doneAt: entry.at })
          const target = [guideSteps.tenantId, guideSteps.step]
          const marked =
            choice === null
              ? added.onConflictDoNothing({ target })
              : added.onConflictDoUpdate({
                  target,
                  set: { choice, doneAt: entry.at },
                  setWhere: ne(guideSteps.choice, choice),
                })
          return marked.returning({ step: guideSteps.step })
        },
        then: (q) => [writeEntry(db, q, entry)],
      })
      return won !== null
    },
  }
}
