import { asc } from 'drizzle-orm'
import type { VaultKeyStore } from '#lib/ports/deps.ts'
import type { Database } from '../engine/database.ts'

export const vaultKeyStore = ({ q, tables: { vaultKeys } }: Database): VaultKeyStore => ({
  list: () =>
    q.select({ id: vaultKeys.id, sealedProbe: vaultKeys.sealedProbe }).from(vaultKeys).orderBy(asc(vaultKeys.id)),
  // two processes may meet a new key together: the first probe stays, and both verify it
  add: async ({ id, sealedProbe, at }) => {
    await q.insert(vaultKeys).values({ id, sealedProbe, createdAt: at }).onConflictDoNothing()
  },
})
