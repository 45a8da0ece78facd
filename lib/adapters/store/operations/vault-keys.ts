import { and, asc, eq, notExists } from 'drizzle-orm'
import type { VaultKeyStore } from '#lib/ports/operations.ts'
import type { Database } from '../engine/database.ts'
import { writeEntry } from '../journal/journal.ts'
import { sealedPlaces, sealedWith } from './sealed-values.ts'

export const vaultKeyStore = (db: Database): VaultKeyStore => {
  const { q, tables } = db
  const { vaultKeys } = tables
  return {
    list: () =>
      q.select({ id: vaultKeys.id, sealedProbe: vaultKeys.sealedProbe }).from(vaultKeys).orderBy(asc(vaultKeys.id)),
    // two processes may meet a new key together: the first probe stays, and both verify it
    add: async ({ id, sealedProbe, at }) => {
      await q.insert(vaultKeys).values({ id, sealedProbe, createdAt: at }).onConflictDoNothing()
    },
    forget: async (id, entry) => {
      const forgotten = await db.atomically({
        guard: (q) =>
          q
            .delete(vaultKeys)
            .where(
              and(
                eq(vaultKeys.id, id),
                ...sealedPlaces(tables).map(({ table, column }) =>
                  notExists(q.select({ one: column }).from(table).where(sealedWith(column, id))),
                ),
              ),
            )
            .returning({ id: vaultKeys.id }),
        then: (q) => (entry ? [writeEntry(db, q, entry)] : []),
      })
      return forgotten !== null
    },
  }
}
