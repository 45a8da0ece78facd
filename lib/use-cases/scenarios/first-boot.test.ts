import { randomBytes } from 'node:crypto'
import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { expect, test } from 'vitest'
import { startTokenProcess } from '#lib/testing/processes/token-driver.ts'

test('processes that meet over a database which is not there yet all start', { timeout: 60_000 }, async () => {
  const folder = await mkdtemp(join(tmpdir(), 'porte-cles-boot-'))
  const env = {
    DATABASE_URL: `file:${join(folder, 'new.db')}`,
    ENCRYPTION_KEYS: `k1:${randomBytes(32).toString('base64')}`,
    NEXTAUTH_SECRET: randomBytes(32).toString('base64'),
    LOG_LEVEL: 'silent',
  }
  const started = await Promise.allSettled(Array.from({ length: 4 }, () => startTokenProcess(env)))
  for (const process of started) if (process.status === 'fulfilled') await process.value.close()
  await rm(folder, { recursive: true, force: true })
  expect(started.map((process) => (process.status === 'rejected' ? String(process.reason) : 'started'))).toEqual(
    Array.from({ length: 4 }, () => 'started'),
  )
})
