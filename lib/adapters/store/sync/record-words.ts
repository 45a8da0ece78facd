import { createHash } from 'node:crypto'
import { and, eq, inArray, sql } from 'drizzle-orm'
import type { TenantId } from '#lib/domain/accounts/tenant.ts'
import type { ListId } from '#lib/domain/sync/list.ts'
import type { SyncedRecord } from '#lib/domain/sync/record.ts'
import { recordWordsOf } from '#lib/domain/sync/records/record-words.ts'
import type { Database } from '../engine/database.ts'
import type { Queries, Statement } from '../engine/queries.ts'

/** The words of each list. */
export const wordTables = ({ tables }: Database) => ({
  companies: tables.companyWords,
  contacts: tables.contactWords,
  departments: tables.departmentWords,
  dossiers: tables.dossierWords,
})

/** What stands for a tenant beside each word: 31 bits, as a 4-byte integer holds them. */
export const tenantNumber = (tenantId: TenantId): number =>
  createHash('sha256').update(tenantId).digest().readUInt32BE() >>> 1

/** A list of a tenant. */
interface Of {
  tenantId: TenantId
  list: ListId
}

/** A record to be found from now on; one that is `added` had no words. */
type Changed = Pick<SyncedRecord, 'id' | 'name' | 'body'> & { added: boolean }

/** The statements that take away what records were found by. */
export const forgetWords = (db: Database, q: Queries, { tenantId, list }: Of, ids: readonly string[]): Statement[] => {
  const [records, words] = [db.tables[list], wordTables(db)[list]]
  const these = q
    .select({ n: records.n })
    .from(records)
    .where(and(eq(records.tenantId, tenantId), db.among(records.providerId, ids)))
  return ids.length === 0 ? [] : [q.delete(words).where(inArray(words.record, these))]
}

/** The statements that stand behind those that write the records: they are found by what they hold from now on. */
export const writeWords = (db: Database, q: Queries, of: Of, changed: readonly Changed[]): Statement[] => {
  const { tenantId, list } = of
  const before = changed.filter(({ added }) => !added)
  const [records, words] = [db.tables[list], wordTables(db)[list]]
  const entries = JSON.stringify(changed.map((record) => [record.id, recordWordsOf(record)]))
  // each record is looked up once: its words stand behind it
  const from = sql`${db.elements(sql`${entries}`)} as entry
    cross join ${records} cross join ${db.texts(sql`entry.value -> 1`)} as word`
  const where = sql`${records.tenantId} = ${tenantId} and ${records.providerId} = entry.value ->> 0`
  return [
    ...forgetWords(
      db,
      q,
      of,
      before.map(({ id }) => id),
    ),
    q
      .insert(words)
      .select(
        sql`select ${sql.raw(String(tenantNumber(tenantId)))}, word.value, ${records.n} from ${from} where ${where}`,
      ),
  ]
}
