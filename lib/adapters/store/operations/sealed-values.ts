import { and, asc, count, eq, gt, isNotNull, ne, not, type SQL, sql } from 'drizzle-orm'
import type { AnySQLiteColumn } from 'drizzle-orm/sqlite-core'
import type { Tables } from '#drizzle/tables.ts'
import type { SealedValue, SealedValueStore, StoredContext } from '#lib/ports/operations.ts'
import { sealedPrefix } from '../../vault.ts'
import type { Database } from '../engine/database.ts'

type Purpose = StoredContext['purpose']
type PurposeOfPending = 'parked_code' | 'code_verifier'

/** Where the database holds what is sealed. A new purpose does not compile until it is here, and in `manage-keys.ts`. */
const places = ({ tokenSets, clients, pendingAuthorizations: pending, totpSecrets, erasureKeys }: Tables) =>
  ({
    access_token: { table: tokenSets, column: tokenSets.sealedAccessToken },
    refresh_token: { table: tokenSets, column: tokenSets.sealedRefreshToken },
    client_secret: { table: clients, column: clients.sealedSecret },
    parked_code: { table: pending, column: pending.sealedCode },
    code_verifier: { table: pending, column: pending.sealedVerifier },
    totp_secret: { table: totpSecrets, column: totpSecrets.sealedSecret },
    erasure_key: { table: erasureKeys, column: erasureKeys.sealedKey },
  }) satisfies Record<Purpose, { table: unknown; column: AnySQLiteColumn }>

export const sealedPlaces = (tables: Tables) => Object.values(places(tables))

/** Whether a column's value is sealed with this key. */
export const sealedWith = (column: AnySQLiteColumn, keyId: string): SQL => {
  const prefix = sealedPrefix(keyId)
  return sql`substr(${column}, 1, ${sql.raw(String(prefix.length))}) = ${prefix}`
}

/** A grant without a refresh token has an empty one. */
const isSealed = (column: AnySQLiteColumn) => and(isNotNull(column), ne(column, ''))

export const sealedValueStore = ({ q, tables }: Database): SealedValueStore => {
  const { tokenSets, clients, pendingAuthorizations: pending, totpSecrets, erasureKeys } = tables
  const others = (column: AnySQLiteColumn, id: AnySQLiteColumn, keyId: string, after: string) =>
    and(gt(id, after), isSealed(column), not(sealedWith(column, keyId)))

  const listTokens = async (purpose: 'access_token' | 'refresh_token', keyId: string, after: string, limit: number) => {
    const column = purpose === 'access_token' ? tokenSets.sealedAccessToken : tokenSets.sealedRefreshToken
    const { id: row, tenantId: tenant, generation } = tokenSets
    return (
      await q
        .select({ row, tenant, generation, sealed: column })
        .from(tokenSets)
        .where(others(column, row, keyId, after))
        .orderBy(asc(row))
        .limit(limit)
    ).map(({ sealed, ...at }) => ({ sealed, context: { purpose, ...at } }))
  }

  const listOfPending = async (purpose: PurposeOfPending, keyId: string, after: string, limit: number) => {
    const column = purpose === 'parked_code' ? pending.sealedCode : pending.sealedVerifier
    const { id: row, tenantId: tenant } = pending
    return (
      await q
        .select({ row, tenant, sealed: column })
        .from(pending)
        .where(others(column, row, keyId, after))
        .orderBy(asc(row))
        .limit(limit)
    ).map(({ sealed, ...at }) => ({ sealed: sealed ?? '', context: { purpose, ...at } }))
  }

  const list: Record<Purpose, (keyId: string, after: string, limit: number) => Promise<SealedValue[]>> = {
    access_token: (...page) => listTokens('access_token', ...page),
    refresh_token: (...page) => listTokens('refresh_token', ...page),
    client_secret: async (keyId, after, limit) => {
      const { id: row, tenantId: tenant, secretGeneration: generation, sealedSecret } = clients
      return (
        await q
          .select({ row, tenant, generation, sealed: sealedSecret })
          .from(clients)
          .where(others(sealedSecret, row, keyId, after))
          .orderBy(asc(row))
          .limit(limit)
      ).map(({ sealed, ...at }) => ({ sealed, context: { purpose: 'client_secret', ...at } }))
    },
    parked_code: (...page) => listOfPending('parked_code', ...page),
    code_verifier: (...page) => listOfPending('code_verifier', ...page),
    totp_secret: async (keyId, after, limit) => {
      const { userId: row, sealedSecret: sealed } = totpSecrets
      return (
        await q
          .select({ row, sealed })
          .from(totpSecrets)
          .where(others(sealed, row, keyId, after))
          .orderBy(asc(row))
          .limit(limit)
      ).map((found) => ({ sealed: found.sealed, context: { purpose: 'totp_secret', row: found.row } }))
    },
    erasure_key: async (keyId, after, limit) => {
      const { tenantId: row, sealedKey: sealed } = erasureKeys
      return (
        await q
          .select({ row, sealed })
          .from(erasureKeys)
          .where(others(sealed, row, keyId, after))
          .orderBy(asc(row))
          .limit(limit)
      ).map((found) => ({ sealed: found.sealed, context: { purpose: 'erasure_key', row: found.row } }))
    },
  }

  /** The old text stands in the `where`: it is never the same twice, so that nothing newer is overwritten. */
  const change: Record<Purpose, (row: string, old: string, sealed: string) => PromiseLike<{ id: string }[]>> = {
    access_token: (row, old, sealedAccessToken) =>
      q
        .update(tokenSets)
        .set({ sealedAccessToken })
        .where(and(eq(tokenSets.id, row), eq(tokenSets.sealedAccessToken, old)))
        .returning({ id: tokenSets.id }),
    refresh_token: (row, old, sealedRefreshToken) =>
      q
        .update(tokenSets)
        .set({ sealedRefreshToken })
        .where(and(eq(tokenSets.id, row), eq(tokenSets.sealedRefreshToken, old)))
        .returning({ id: tokenSets.id }),
    client_secret: (row, old, sealedSecret) =>
      q
        .update(clients)
        .set({ sealedSecret })
        .where(and(eq(clients.id, row), eq(clients.sealedSecret, old)))
        .returning({ id: clients.id }),
    parked_code: (row, old, sealedCode) =>
      q
        .update(pending)
        .set({ sealedCode })
        .where(and(eq(pending.id, row), eq(pending.sealedCode, old)))
        .returning({ id: pending.id }),
    code_verifier: (row, old, sealedVerifier) =>
      q
        .update(pending)
        .set({ sealedVerifier })
        .where(and(eq(pending.id, row), eq(pending.sealedVerifier, old)))
        .returning({ id: pending.id }),
    totp_secret: (row, old, sealedSecret) =>
      q
        .update(totpSecrets)
        .set({ sealedSecret })
        .where(and(eq(totpSecrets.userId, row), eq(totpSecrets.sealedSecret, old)))
        .returning({ id: totpSecrets.userId }),
    erasure_key: (row, old, sealedKey) =>
      q
        .update(erasureKeys)
        .set({ sealedKey })
        .where(and(eq(sql`${erasureKeys.tenantId}`, row), eq(erasureKeys.sealedKey, old)))
        .returning({ id: erasureKeys.tenantId }),
  }

  return {
    count: async (keyId) => {
      let total = 0
      for (const { table, column } of sealedPlaces(tables)) {
        const which = keyId === undefined ? isSealed(column) : sealedWith(column, keyId)
        const [row] = await q.select({ n: count() }).from(table).where(which)
        total += row?.n ?? 0
      }
      return total
    },
    listOthers: (purpose, keyId, after, limit) => list[purpose](keyId, after, limit),
    replace: async ({ sealed: old, context }, sealed) =>
      (await change[context.purpose](context.row, old, sealed)).length > 0,
  }
}
