import { and, eq, isNull, or, type SQL, sql } from 'drizzle-orm'
import type { ApiKey } from '#lib/domain/api-keys/api-key.ts'
import type { TokenStore } from '#lib/ports/tokens.ts'
import { apiKeyColumns } from '../api-keys/api-keys.ts'
import type { Database } from '../engine/database.ts'
import { coalescedReads } from './coalesced-reads.ts'
import { rememberEnds } from './expiry.ts'
import { type TokenSetRow, tokenSetColumns, tokenSetOf } from './token-set-columns.ts'

/** One indexed read of a token set, its connection and its client, with the times left in the lease's clock. */
const prepare = (db: Database, where: SQL | undefined) => {
  const { tokenSets, connections, clients } = db.tables
  return db.q
    .select(tokenSetColumns(db))
    .from(tokenSets)
    .innerJoin(connections, eq(connections.id, tokenSets.connectionId))
    .innerJoin(clients, eq(clients.id, tokenSets.clientId))
    .where(where)
    .prepare()
}

/**
 * The same behind an API key, for the tenant that the key is of or names: all that a back end's answer stands on, in one
 * statement. A key of a tenant reaches nothing of another one.
 */
const prepareForKey = (db: Database, named: SQL | undefined) => {
  const { apiKeys, tenants, tokenSets, connections, clients } = db.tables
  const own = or(isNull(apiKeys.tenantId), eq(apiKeys.tenantId, tenants.id))
  return db.q
    .select({ key: apiKeyColumns(db), named: tenants.id, set: tokenSetColumns(db) })
    .from(apiKeys)
    .leftJoin(tenants, and(named, isNull(tenants.archivedAt)))
    .leftJoin(
      connections,
      and(eq(connections.tenantId, tenants.id), eq(connections.provider, sql.placeholder('provider')), own),
    )
    .leftJoin(tokenSets, eq(tokenSets.id, connections.tokenSetId))
    .leftJoin(clients, eq(clients.id, tokenSets.clientId))
    .where(eq(apiKeys.prefix, sql.placeholder('prefix')))
    .prepare()
}

type Methods = Pick<TokenStore, 'read' | 'readSet' | 'readForKey'>

export const tokenSetRows = (db: Database, monotonicMs: () => number): Methods => {
  const left = rememberEnds(monotonicMs)
  const { tokenSets, connections, tenants, apiKeys } = db.tables
  const tenantId = sql.placeholder('tenantId')
  const provider = sql.placeholder('provider')
  const tokenSetId = sql.placeholder('tokenSetId')
  const inUse = prepare(
    db,
    and(
      eq(connections.tenantId, tenantId),
      eq(connections.provider, provider),
      eq(tokenSets.id, connections.tokenSetId),
    ),
  )
  const named = prepare(
    db,
    and(
      eq(tokenSets.id, tokenSetId),
      or(eq(connections.tokenSetId, tokenSetId), eq(connections.candidateId, tokenSetId)),
    ),
  )
  const tenant = sql.placeholder('tenant')
  const forKey = {
    id: prepareForKey(db, eq(tenants.id, tenant)),
    ref: prepareForKey(db, eq(tenants.ref, tenant)),
    own: prepareForKey(db, eq(tenants.id, apiKeys.tenantId)),
  }
  return {
    read: async (tenantId, provider, now) => {
      const [row] = await inUse.execute({ tenantId, provider, now: now.getTime() })
      return tokenSetOf(row, left)
    },
    readSet: async (tokenSetId, now) => {
      const [row] = await named.execute({ tokenSetId, now: now.getTime() })
      return tokenSetOf(row, left)
    },
    readForKey: coalescedReads(
      ({ prefix, named, provider }) => [provider, prefix, named?.by, named?.value].join(' '),
      async ({ prefix, named, provider }, now) => {
        const asked = { prefix, provider, tenant: named?.value, now: now.getTime() }
        const [row] = await forKey[named?.by ?? 'own'].execute(asked)
        if (!row) return null
        const set = row.set.tokenSetId === null ? undefined : (row.set as TokenSetRow)
        return { key: row.key as ApiKey, tenantId: row.named, tokenSet: tokenSetOf(set, left) }
      },
    ),
  }
}
