import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { expect, test } from 'vitest'
import { prepareConnection } from '#lib/commands/bench/http-connection.ts'

test('a fresh token costs its back end one read and no write', async () => {
  const folder = await mkdtemp(join(tmpdir(), 'porte-cles-cost-'))
  const settings = { DATABASE_URL: `file:${join(folder, 'app.db')}`, LOG_LEVEL: 'silent' }
  expect((await prepareConnection(settings)).cost).toEqual({ statements: 1, writes: 0 })
  await rm(folder, { recursive: true, force: true })
})
