import BetterSqlite3 from 'better-sqlite3'
import { expect, test } from 'vitest'
import { Failure } from '#lib/domain/failure.ts'
import { openTestApp } from '#lib/testing/app/test-app.ts'
import { createContainer } from '../container.ts'
import { fieldsOf } from '../log-fields.ts'
import { storageAdvice } from './storage-advice.ts'

test.each([
  ['SQLITE_CORRUPT_INDEX', 'damaged'],
  ['SQLITE_NOTADB', 'damaged'],
  ['SQLITE_READONLY_DIRECTORY', 'only be read'],
  ['25006', 'only be read'],
  ['SQLITE_FULL', 'full'],
  ['53100', 'full'],
  ['SQLITE_BUSY_SNAPSHOT', 'locked'],
  ['55P03', 'could not be migrated within 60 s'],
  ['ECONNREFUSED', 'PostgreSQL does not answer'],
  ['28P01', 'refuses the user'],
  ['database_older', 'lacks migrations'],
])('%s says what is wrong and what to do', (errorCode, messages) => {
  const error = new Failure('storage_unavailable', { errorCode })
  expect(storageAdvice(error)).toContain(messages)
  expect(fieldsOf(error)).toMatchObject({ errorCode, advice: storageAdvice(error) })
})

test('nothing is advised about an error that is not the database’s, or whose cause is not known', () => {
  expect(storageAdvice(new Error('SQLITE_FULL'))).toBeNull()
  expect(storageAdvice(new Failure('not_connected', { errorCode: 'SQLITE_FULL' }))).toBeNull()
  expect(storageAdvice(new Failure('storage_unavailable'))).toBeNull()
})

test('a start on a database of a newer version is refused by name', async () => {
  const testApp = await openTestApp()
  try {
    const file = new BetterSqlite3(testApp.databaseUrl.slice('file:'.length))
    file.exec("INSERT INTO __drizzle_migrations (hash, created_at) VALUES ('of a newer version', 4000000000000)")
    file.close()
    const refused = await createContainer(testApp.env).catch((error: unknown) => error)
    expect(storageAdvice(refused)).toContain('A newer version of Porte-clés migrated this database')
  } finally {
    await testApp.close()
  }
})
