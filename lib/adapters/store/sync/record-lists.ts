import { aliasedTable, and, asc, desc, eq, gt, inArray, isNull, type SQL, sql } from 'drizzle-orm'
import {
  type RecordCursor,
  type RecordPlace,
  type RecordView,
  sortRecords,
} from '#lib/domain/sync/records/record-view.ts'
import type { ListedRecord, RecordStore } from '#lib/ports/sync/records.ts'
import type { Database } from '../engine/database.ts'
import { beyond } from '../support/keyset.ts'
import { prefixSearch } from '../support/prefix-search.ts'
import { tenantNumber, wordTables } from './record-words.ts'

type Of = Parameters<RecordStore['find']>[0]

const noTime = new Date(0)

/** Copied records as lists and exports show them; whose they are stands in each `where`. */
export const recordLists = (db: Database): RecordStore => {
  const { q, tables } = db

  const search = ({ tenantId, list }: Of) => {
    const words = wordTables(db)[list]
    const another = aliasedTable(words, 'another')
    return prefixSearch<number>(
      q,
      { table: words, word: words.word, owner: words.record, within: eq(words.tenant, tenantNumber(tenantId)) },
      { table: another, word: another.word, owner: another.record },
    )
  }

  const living = ({ tenantId, list }: Of) => and(eq(tables[list].tenantId, tenantId), isNull(tables[list].deletedAt))

  /** The same of rows that are known by their numbers: an index that begins with the tenant is no way to them. */
  const numbered = ({ tenantId, list }: Of, numbers: number[]) => {
    const { n, tenantId: owner, deletedAt } = tables[list]
    return and(inArray(n, numbers), sql`coalesce(${owner}, '') = ${tenantId}`, isNull(deletedAt))
  }

  const placeColumns = ({ list }: Of) => {
    const { n, sortName, sortAt, status, facet } = tables[list]
    return { n, sortName, sortAt, status, facet }
  }
  const placeOf = <R extends Omit<RecordPlace, 'sortAt'> & { sortAt: Date | null }>(row: R) => ({
    ...row,
    sortAt: row.sortAt ?? noTime,
  })

  const narrowed = ({ list }: Of, { status, facet }: RecordView): SQL[] => [
    ...(status === null ? [] : [eq(tables[list].status, status)]),
    ...(facet === null ? [] : [eq(tables[list].facet, facet)]),
  ]

  /** The places on from the cursor, walked along the one index that has them in this order. */
  const walk = async (of: Of, view: RecordView, cursor: RecordCursor | null, limit: number): Promise<RecordPlace[]> => {
    const { n, sortName, sortAt } = tables[of.list]
    const { by, descending } = view.sort
    const place = cursor?.place
    const order = [
      by === 'name' ? { column: sortName, value: place?.sortName } : { column: sortAt, value: place?.sortAt },
      { column: n, value: place?.n },
    ]
    const forward = descending === (cursor?.backward ?? false)
    const rows = await q
      .select(placeColumns(of))
      .from(tables[of.list])
      .where(and(living(of), ...narrowed(of, view), cursor === null ? undefined : beyond(order, forward)))
      .orderBy(...order.map(({ column }) => (forward ? asc(column) : desc(column))))
      .limit(limit)
    return rows.map(placeOf)
  }

  /** Those of these numbers that a view shows. */
  const pick = async (of: Of, { status, facet }: RecordView, numbers: number[]): Promise<RecordPlace[]> => {
    if (numbers.length === 0) return []
    const rows = await q.select(placeColumns(of)).from(tables[of.list]).where(numbered(of, numbers))
    // by the database it could be looked up first, and most records stand alike
    const wanted = rows.filter(
      (row) => (status === null || row.status === status) && (facet === null || row.facet === facet),
    )
    return wanted.map(placeOf)
  }

  const read = async (of: Of, where: SQL | undefined): Promise<ListedRecord[]> => {
    const rows = await q.select().from(tables[of.list]).where(where)
    return rows.map((row) => ({
      ...{ n: row.n, id: row.providerId, name: row.name, status: row.status, facet: row.facet },
      ...{ body: row.body ?? {}, updatedAt: row.updatedAt },
      missing: row.missingAt !== null || row.keptAt !== null,
      place: { n: row.n, sortName: row.sortName, sortAt: row.sortAt ?? noTime },
    }))
  }

  /** In the order in which their numbers are given. */
  const readAll = async (of: Of, numbers: number[]): Promise<ListedRecord[]> => {
    if (numbers.length === 0) return []
    const rows = await read(of, numbered(of, numbers))
    return rows.sort((a, b) => numbers.indexOf(a.n) - numbers.indexOf(b.n))
  }

  return {
    list: async (of, view, cursor, limit) => {
      const found = view.prefixes.length === 0 ? null : await search(of).match(view.prefixes)
      const picked = found && (await pick(of, view, found.owners))
      const places = picked
        ? sortRecords(picked, view.sort, cursor).slice(0, limit)
        : await walk(of, view, cursor, limit)
      const numbers = places.map(({ n }) => n)
      return {
        rows: await readAll(of, cursor?.backward ? numbers.reverse() : numbers),
        matched: picked?.length ?? null,
        partial: found?.partial ?? false,
      }
    },
    slice: async (of, view, after, limit) => {
      const looked = await walk(of, view, after && { place: after, backward: false }, limit)
      const numbers = looked.map(({ n }) => n)
      const { list } = of
      const holding = view.prefixes.map((prefix) => search(of).has(tables[list].n, prefix))
      const held = () =>
        q
          .select({ n: tables[list].n })
          .from(tables[list])
          .where(and(inArray(tables[list].n, numbers), ...holding))
      const kept = new Set(holding.length > 0 && numbers.length > 0 ? (await held()).map(({ n }) => n) : numbers)
      const rows = await readAll(
        of,
        numbers.filter((n) => kept.has(n)),
      )
      return { rows, after: looked.length < limit ? null : (looked.at(-1) ?? null) }
    },
    find: async (of, n) => (await read(of, numbered(of, [n])))[0] ?? null,
    named: async (of, ids) => {
      const rows = ids.length === 0 ? [] : await read(of, and(living(of), db.among(tables[of.list].providerId, ids)))
      const places = rows.map((row) => ({ ...row.place, row }))
      return sortRecords(places, { by: 'name', descending: false }, null).map(({ row }) => row)
    },
    values: async (of, column, limit) => {
      const wanted = tables[of.list][column]
      const found: string[] = []
      // each is one look into the index, however many records stand alike
      while (found.length < limit) {
        const last = found.at(-1)
        const [row] = await q
          .select({ value: wanted })
          .from(tables[of.list])
          .where(and(living(of), gt(wanted, last ?? '')))
          .orderBy(asc(wanted))
          .limit(1)
        if (typeof row?.value !== 'string') break
        found.push(row.value)
      }
      return found
    },
    copy: async ({ tenantId, list }) => {
      const { change, tally, completeAt, provenAt, failure, ...ids } = tables.syncStates
      const [row] = await q
        .select({ change, tally, completeAt, provenAt, failure })
        .from(tables.syncStates)
        .where(and(eq(ids.tenantId, tenantId), eq(ids.list, list)))
      return row ?? null
    },
  }
}
