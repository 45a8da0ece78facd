import { readFileSync, writeFileSync } from 'node:fs'
import BetterSqlite3 from 'better-sqlite3'
import { sql } from 'drizzle-orm'
import { describe, expect } from 'vitest'
import { dialects } from '#lib/testing/database/fresh-database.ts'
import { openDatabase } from '../open-database.ts'

const [{ test }] = dialects

const fileOf = (url: string) => url.slice('file:'.length)

const codeOf = (work: () => unknown) => {
  try {
    work()
  } catch (error) {
    return error instanceof BetterSqlite3.SqliteError ? error.code : `not SQLite's: ${error}`
  }
  return 'no error'
}

describe('better-sqlite3', () => {
  test('keeps every pragma that the store sets, on a file that is opened again too', async ({ url, db }) => {
    await db.close()
    const again = await openDatabase(url)
    const pragma = async (name: string) => {
      const [row] = await again.q.select({ value: sql`${sql.raw(name)}` }).from(sql.raw(`pragma_${name}`))
      return row?.value
    }
    expect(await pragma('journal_mode')).toBe('wal')
    expect(await pragma('foreign_keys')).toBe(1)
    expect(await pragma('synchronous')).toBe(2)
    expect(await pragma('secure_delete')).toBe(1)
    expect(await pragma('cache_size')).toBe(-32_000)
    await again.close()
  })

  test('names what went wrong by an extended code', async ({ url, db }) => {
    const file = new BetterSqlite3(fileOf(url), { timeout: 0 })
    const other = new BetterSqlite3(fileOf(url), { timeout: 0 })
    other.exec('BEGIN IMMEDIATE')
    expect(codeOf(() => file.exec('BEGIN IMMEDIATE'))).toBe('SQLITE_BUSY')
    other.exec('ROLLBACK')
    file.exec('BEGIN; SELECT * FROM vault_keys')
    other.exec("INSERT INTO vault_keys VALUES ('k1', 'sealed', 1)")
    expect(codeOf(() => file.exec("INSERT INTO vault_keys VALUES ('k2', 'sealed', 1)"))).toBe('SQLITE_BUSY_SNAPSHOT')
    file.exec('ROLLBACK')
    expect(codeOf(() => file.exec("INSERT INTO vault_keys VALUES ('k1', 'sealed', 1)"))).toBe(
      'SQLITE_CONSTRAINT_PRIMARYKEY',
    )
    expect(codeOf(() => file.exec("INSERT INTO vault_keys VALUES ('k3', NULL, 1)"))).toBe('SQLITE_CONSTRAINT_NOTNULL')
    expect(codeOf(() => file.exec('SELECT * FROM nothing'))).toBe('SQLITE_ERROR')
    file.pragma(`max_page_count = ${file.pragma('page_count', { simple: true })}`)
    expect(codeOf(() => file.exec("INSERT INTO vault_keys VALUES ('k4', hex(zeroblob(100000)), 1)"))).toBe(
      'SQLITE_FULL',
    )
    file.close()
    other.close()
    const readonly = new BetterSqlite3(fileOf(url), { readonly: true })
    expect(codeOf(() => readonly.exec("INSERT INTO vault_keys VALUES ('k5', 'sealed', 1)"))).toBe('SQLITE_READONLY')
    readonly.close()
    expect(await db.pendingMigrations()).toBe(0)
  })

  test('refuses by name a file that is no database, and one that is damaged', async ({ url, db }) => {
    const refused = (errorCode: string) => ({ code: 'storage_unavailable', evidence: { errorCode } })
    const text = `${fileOf(url)}.txt`
    writeFileSync(text, 'no database at all'.repeat(100))
    await expect(openDatabase(`file:${text}`)).rejects.toMatchObject(refused('SQLITE_NOTADB'))
    await db.close()
    const bytes = readFileSync(fileOf(url))
    // the head stays, so that it is still taken for a database
    writeFileSync(fileOf(url), bytes.fill(0x5a, 100))
    await expect(openDatabase(url)).rejects.toMatchObject(refused('SQLITE_CORRUPT'))
  })
})
