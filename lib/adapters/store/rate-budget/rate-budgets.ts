import { createHash } from 'node:crypto'
import { and, eq } from 'drizzle-orm'
import { nothingSpent } from '#lib/domain/rate-budget/spent-calls.ts'
import type { CallWindow } from '#lib/domain/rate-budget/whose-calls.ts'
import type { RateBudgetStore } from '#lib/ports/rate-budget.ts'
import type { Database } from '../engine/database.ts'

/** Whose calls they are is nobody's business who reads the table. */
const idOf = ({ provider, clientId, accountId }: CallWindow) =>
  createHash('sha256')
    .update(JSON.stringify([provider, clientId, accountId]))
    .digest('hex')

export const rateBudgetStore = ({ passing: q, tables: { rateBudgets }, time }: Database): RateBudgetStore => {
  const find = async (id: string, now: Date) => {
    const [row] = await q
      .select({
        spent: rateBudgets.spent,
        version: rateBudgets.version,
        updatedAt: rateBudgets.updatedAt,
        leftMs: time.until(rateBudgets.updatedAt, now.getTime()),
      })
      .from(rateBudgets)
      .where(eq(rateBudgets.id, id))
    if (!row) return null
    const { spent, version, updatedAt, leftMs } = row
    return { spent, version, nowMs: Math.round(updatedAt.getTime() - leftMs) }
  }
  return {
    read: async (window, now) => {
      const id = idOf(window)
      const known = await find(id, now)
      if (known) return known
      await q
        .insert(rateBudgets)
        .values({ id, version: 0, spent: nothingSpent, updatedAt: time.plus(0, now) })
        .onConflictDoNothing()
      // forgotten meanwhile: nobody has called for a day
      return (await find(id, now)) ?? { spent: nothingSpent, version: 0, nowMs: now.getTime() }
    },
    replace: async (window, version, spent, now) => {
      const [won] = await q
        .update(rateBudgets)
        .set({ version: version + 1, spent, updatedAt: time.plus(0, now) })
        .where(and(eq(rateBudgets.id, idOf(window)), eq(rateBudgets.version, version)))
        .returning({ id: rateBudgets.id })
      return won !== undefined
    },
  }
}
