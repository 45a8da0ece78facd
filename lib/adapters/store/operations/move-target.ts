import { randomUUID } from 'node:crypto'
import pg from 'pg'
import { storageFailure } from '../engine/database.ts'
import { knownMigrations } from '../engine/migrations.ts'
import { migratePostgres } from '../engine/postgres/postgres-migrations.ts'
import { connectionSettings } from '../engine/postgres/postgres-pool.ts'
import type { MoveMark } from './move-source.ts'
import { decoded, type MovedTable, movedTables, type Row, type TableDigest, tableDigest } from './moved-tables.ts'

/** A PostgreSQL database that an SQLite one is moved to. */
export interface MoveTarget {
  findMark(mark: MoveMark): Promise<Date | null>
  begin(at: Date): Promise<void>
  count(table: MovedTable): Promise<number>
  /** One statement: all of these rows or none. */
  insert(table: MovedTable, rows: Row[]): Promise<void>
  digest(table: MovedTable): Promise<TableDigest>
  /** What the database itself numbers goes on behind the rows that are there; the app may open it from here on. */
  finish(at: Date): Promise<void>
  close(): Promise<void>
}

const fetched = 1_000

const names = ({ columns }: MovedTable) => columns.map(({ name }) => `"${name}"`).join(', ')

/** A journal entry, where no store is open yet. */
const noteMove = `insert into journal (id, at, actor, event, outcome, detail)
  values ($1, $2, 'operator', 'database.moved', 'ok', '{}')`

/** @throws Failure `storage_unavailable` */
export const openMoveTarget = async (url: string): Promise<MoveTarget> => {
  const client = new pg.Client({ ...connectionSettings, connectionString: url })
  client.on('error', () => {})
  const query = async (text: string, values: unknown[] = []): Promise<Row[]> => {
    try {
      return (await client.query<Row>(text, values)).rows
    } catch (error) {
      throw storageFailure(error)
    }
  }
  const inTransaction = async (work: () => Promise<void>) => {
    await query('begin')
    await work()
    await query('commit')
  }
  try {
    await migratePostgres(url, knownMigrations('postgres'))
    await client.connect()
  } catch (error) {
    await client.end().catch(() => {})
    throw storageFailure(error)
  }
  return {
    findMark: async (mark) => {
      const [row] = await query('select at from high_water_marks where name = $1', [mark])
      return row?.at instanceof Date ? row.at : null
    },
    begin: async (at) => {
      await query("insert into high_water_marks (name, at) values ('moving', $1)", [at])
    },
    count: async ({ name, where }) => {
      const [row] = await query(`select count(*)::integer as n from "${name}" where ${where}`)
      return Number(row?.n)
    },
    insert: async (table, rows) => {
      const [into, all] = [`"${table.name}"`, names(table)]
      await query(
        `insert into ${into} (${all}) overriding system value
          select ${all} from json_populate_recordset(null::${into}, $1)`,
        [JSON.stringify(rows)],
      )
    },
    digest: async (table) => {
      const sum = tableDigest()
      await inTransaction(async () => {
        await query(
          `declare every no scroll cursor for select ${names(table)} from "${table.name}" where ${table.where}`,
        )
        for (;;) {
          const rows = await query(`fetch ${fetched} from every`)
          for (const row of rows) sum.add(decoded(table, 'postgres', row))
          if (rows.length < fetched) break
        }
      })
      return sum.result()
    },
    finish: (at) =>
      inTransaction(async () => {
        for (const { name, columns } of movedTables)
          for (const column of columns.filter(({ postgres }) => postgres.generatedIdentity !== undefined))
            await query(
              `select setval(pg_get_serial_sequence('${name}', '${column.name}'), max("${column.name}")) from "${name}"`,
            )
        await query("update high_water_marks set name = 'moved' where name = 'moving'")
        await query(noteMove, [randomUUID(), at])
      }),
    close: () => client.end(),
  }
}
