import BetterSqlite3 from 'better-sqlite3'
import { describe, expect } from 'vitest'
import { dialects } from '#lib/testing/database/fresh-database.ts'

const [{ test }] = dialects

/** Another process that writes. */
const holdWriter = (url: string) => {
  const file = new BetterSqlite3(url.slice('file:'.length))
  file.exec('BEGIN IMMEDIATE')
  return () => {
    file.exec('ROLLBACK')
    file.close()
  }
}

const key = (id: string) => ({ id, sealedProbe: 'sealed', at: new Date() })

describe('while another process holds SQLite', () => {
  test('reads are answered before the writers, who are refused by name after their deadline', async ({
    url,
    store,
  }) => {
    const letGo = holdWriter(url)
    const answered: string[] = []
    const note = (name: string) => () => void answered.push(name)
    const failed = expect.objectContaining({ code: 'storage_unavailable', evidence: { errorCode: 'SQLITE_BUSY' } })
    // many, since each one alone would hold the event loop for a moment
    const writes = Array.from({ length: 50 }, (_, n) => store.vaultKeys.add(key(`k${n}`)))
    const refused = Promise.allSettled(writes).then((all) => {
      note('writers')()
      return all.map((each) => each.status === 'rejected' && (each.reason as unknown))
    })
    const isLimited = store.rateLimit.take('bucket', 5, 60_000, new Date()).catch((error: unknown) => error)
    for (let n = 0; n < 20; n += 1) await store.vaultKeys.list().then(note('read'))
    await new Promise<void>((done) => setTimeout(done, 1_000)).then(note('timer'))
    expect(await refused).toEqual(Array(50).fill(failed))
    expect(await isLimited).toEqual(failed)
    expect(answered).toEqual([...Array(20).fill('read'), 'timer', 'writers'])
    letGo()
    await store.vaultKeys.add(key('after'))
    expect((await store.vaultKeys.list()).map(({ id }) => id)).toEqual(['after'])
  })

  test('a writer who waits writes as soon as it is let', async ({ url, store }) => {
    const letGo = holdWriter(url)
    const writing = Promise.all([store.vaultKeys.add(key('k1')), store.rateLimit.take('bucket', 5, 60_000, new Date())])
    expect(await store.vaultKeys.list()).toEqual([])
    await new Promise((done) => setTimeout(done, 500))
    letGo()
    expect(await writing).toEqual([undefined, null])
    expect(await store.vaultKeys.list()).toHaveLength(1)
  })
})
