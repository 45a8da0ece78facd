import BetterSqlite3 from 'better-sqlite3'
import { storageFailure } from '../engine/database.ts'
import { decoded, type MovedTable, type Row, type TableDigest, tableDigest } from './moved-tables.ts'

export type MoveMark = 'moving' | 'moved'

/** An SQLite database that is moved elsewhere, and that nobody else can open meanwhile. */
export interface MoveSource {
  findMark(mark: MoveMark): Date | null
  /** Takes the place of any other mark of a move. */
  setMark(mark: MoveMark, at: Date): void
  /** Pages of rows in the order in which they were made, without the first `skip`. */
  readPages(table: MovedTable, skip: number, size: number): Generator<Row[]>
  digest(table: MovedTable): TableDigest
  close(): void
}

/** @throws Failure `storage_unavailable` */
export const openMoveSource = (file: string): MoveSource => {
  const client = new BetterSqlite3(file, { fileMustExist: true, timeout: 1_000 })
  const attempt = <T>(work: () => T): T => {
    try {
      return work()
    } catch (error) {
      throw storageFailure(error)
    }
  }
  const select = ({ name, columns, where }: MovedTable) =>
    `SELECT ${columns.map((column) => `"${column.name}"`).join(', ')} FROM "${name}" WHERE ${where}`
  const findMark = (mark: MoveMark) => {
    const at = client.prepare('SELECT at FROM high_water_marks WHERE name = ?').pluck().get(mark)
    return at === undefined ? null : new Date(Number(at))
  }
  attempt(() => {
    client.pragma('synchronous = FULL')
    // held from the first transaction on, until it is closed
    client.pragma('locking_mode = EXCLUSIVE')
    client.exec('BEGIN EXCLUSIVE; COMMIT')
  })
  return {
    findMark: (mark) => attempt(() => findMark(mark)),
    setMark: (mark, at) =>
      attempt(() => {
        client.transaction(() => {
          client.prepare("DELETE FROM high_water_marks WHERE name IN ('moving', 'moved')").run()
          client.prepare('INSERT INTO high_water_marks (name, at) VALUES (?, ?)').run(mark, at.getTime())
        })()
      }),
    readPages: function* (table, skip, size) {
      const { name, where } = table
      const lastOf = `SELECT max(rowid) FROM (SELECT rowid FROM "${name}" WHERE ${where} ORDER BY rowid LIMIT ?)`
      const read = (after: number) => {
        const rows = client.prepare<unknown[], Row>(`${select(table)} AND rowid > ? ORDER BY rowid LIMIT ?`)
        return rows.all(after, size)
      }
      const place = `SELECT rowid FROM "${name}" WHERE ${where} AND rowid > ? ORDER BY rowid LIMIT 1 OFFSET ?`
      let after = Number(attempt(() => client.prepare(lastOf).pluck().get(skip)) ?? 0)
      for (;;) {
        const rows = attempt(() => read(after))
        if (rows.length === 0) return
        after = Number(
          attempt(() =>
            client
              .prepare(place)
              .pluck()
              .get(after, rows.length - 1),
          ),
        )
        yield rows.map((row) => decoded(table, 'sqlite', row))
      }
    },
    digest: (table) =>
      attempt(() => {
        const sum = tableDigest()
        for (const row of client.prepare<unknown[], Row>(select(table)).iterate())
          sum.add(decoded(table, 'sqlite', row))
        return sum.result()
      }),
    close: () => {
      client.close()
    },
  }
}
