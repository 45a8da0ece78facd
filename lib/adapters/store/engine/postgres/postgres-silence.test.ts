import pg from 'pg'
import { describe, expect, vi } from 'vitest'
import { dialects } from '#lib/testing/database/fresh-database.ts'
import { openSilentRelay } from '#lib/testing/servers/silent-relay.ts'
import { store } from '../../store.ts'
import { openDatabase } from '../open-database.ts'

const [, { test }] = dialects

const read = ({ vaultKeys }: ReturnType<typeof store>) => vaultKeys.list()

const outcome = (work: Promise<unknown>) =>
  work.then(
    () => 'ok',
    ({ code, evidence }: { code: string; evidence: { errorCode?: string } }) => `${code} ${evidence.errorCode}`,
  )

describe('PostgreSQL that falls silent', { timeout: 60_000 }, () => {
  test('ends every call that was under way, and the next one is answered over a new connection', async ({ url }) => {
    const relay = await openSilentRelay(url)
    const ours = store(await openDatabase(relay.url))
    try {
      // as many connections as the pool holds
      await Promise.all(Array.from({ length: 20 }, () => read(ours)))
      relay.silence()
      const key = { id: 'k9', sealedProbe: 'sealed', at: new Date() }
      const answers = await Promise.all([outcome(read(ours)), outcome(ours.vaultKeys.add(key))])
      expect(answers).toEqual(Array(2).fill('storage_unavailable ETIMEDOUT'))
      expect(await Promise.all(Array.from({ length: 20 }, () => outcome(read(ours))))).toEqual(Array(20).fill('ok'))
    } finally {
      await ours.close()
      await relay.close()
    }
  })

  test('takes no new connection either, until it is back', async ({ url }) => {
    const relay = await openSilentRelay(url)
    const ours = store(await openDatabase(relay.url))
    try {
      relay.silence(true)
      expect(await outcome(read(ours))).toBe('storage_unavailable ETIMEDOUT')
      expect(await outcome(read(ours))).toMatch(/^storage_unavailable (ETIMEDOUT|ECONNRESET)$/)
      relay.recover()
      expect(await outcome(read(ours))).toBe('ok')
    } finally {
      await ours.close()
      await relay.close()
    }
  })

  test('a lock that another session holds ends a write, and the write is not done later', async ({ url }) => {
    const ours = store(await openDatabase(url))
    const other = new pg.Client({ connectionString: url })
    await other.connect()
    try {
      await other.query('begin; lock table vault_keys in exclusive mode')
      const key = (id: string) => ({ id, sealedProbe: 'sealed', at: new Date() })
      expect(await outcome(ours.vaultKeys.add(key('late')))).toBe('storage_unavailable ETIMEDOUT')
      expect(await outcome(read(ours))).toBe('ok')
      const inserts =
        "select 1 from pg_stat_activity where state = 'active' and query like 'insert into \"vault_keys\"%'"
      await vi.waitFor(async () => expect((await other.query(inserts)).rows).toEqual([]), 15_000)
      await other.query('rollback')
      await ours.vaultKeys.add(key('next'))
      expect((await read(ours)).map(({ id }) => id)).toEqual(['next'])
    } finally {
      await other.end()
      await ours.close()
    }
  })
})
