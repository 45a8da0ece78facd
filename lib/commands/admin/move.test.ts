import { spawn } from 'node:child_process'
import { randomUUID } from 'node:crypto'
import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { text } from 'node:stream/consumers'
import { afterAll, beforeAll, expect, inject, test, vi } from 'vitest'
import { createDatabase, dropDatabase } from '#lib/testing/database/postgres-databases.ts'
import { bundledProgram } from '#lib/testing/processes/bundled-program.ts'

// each command is a process of its own, which takes its time on a busy machine
vi.setConfig({ testTimeout: 60_000 })

let folder: string
let to: string
const name = `moved_${randomUUID().replaceAll('-', '')}`
beforeAll(async () => {
  folder = mkdtempSync(join(tmpdir(), 'porte-cles-move-'))
  to = await createDatabase(inject('postgres').url, name)
})
afterAll(async () => {
  rmSync(folder, { recursive: true })
  await dropDatabase(inject('postgres').url, name)
})

const admin = async (args: string[]) => {
  const { PATH = '' } = process.env
  const child = spawn(process.execPath, [await bundledProgram('lib/commands/admin.ts'), ...args], {
    env: { NODE_ENV: 'test', PATH, DATABASE_URL: `file:${join(folder, 'app.db')}`, LOG_LEVEL: 'silent' },
  })
  child.stdin.end()
  const ended = new Promise<number | null>((done) => child.once('close', done))
  const [stdout, stderr, exit] = await Promise.all([text(child.stdout), text(child.stderr), ended])
  return { stdout, stderr, exit }
}

test('move says what was moved, where the keys are, and the second time that it was; the old file is refused by name', async () => {
  expect(await admin(['move', to])).toMatchObject({ exit: 1, stderr: expect.stringContaining('no database yet') })
  expect(await admin(['tenants', 'add', 'Atelier Delvaux'])).toMatchObject({ exit: 0 })
  const moved = await admin(['move', to])
  expect(moved).toMatchObject({
    exit: 0,
    stdout: expect.stringMatching(/^Moved: \d+ rows [^\n]*ENCRYPTION_KEYS[^\n]*\n$/),
  })
  expect(moved.stderr).toContain('tenants: 1 rows')
  expect(await admin(['move', to])).toEqual({
    ...{ stdout: 'The database was already moved there: set DATABASE_URL to it.\n', stderr: '', exit: 0 },
  })
  const refused = await admin(['tenants', 'add', 'Autre'])
  expect(refused).toMatchObject({ exit: 1, stdout: '', stderr: expect.stringContaining('was moved to PostgreSQL') })
})

test('move takes one address, of a server', async () => {
  expect(await admin(['move'])).toMatchObject({ exit: 2 })
  expect(await admin(['move', 'http://example.org'])).toMatchObject({ exit: 1 })
})
