import { spawn } from 'node:child_process'
import { existsSync, mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { text } from 'node:stream/consumers'
import { afterAll, beforeAll, expect, test, vi } from 'vitest'
import { createContainer } from '#lib/composition/container.ts'
import { parseEnv } from '#lib/composition/env.ts'
import { bundledProgram } from '#lib/testing/processes/bundled-program.ts'

// each command is a process of its own, which takes its time on a busy machine
vi.setConfig({ testTimeout: 60_000 })

let folder: string
let settings: { DATABASE_URL: string; LOG_LEVEL: string }

beforeAll(() => {
  folder = mkdtempSync(join(tmpdir(), 'porte-cles-backup-'))
  settings = { DATABASE_URL: `file:${join(folder, 'app.db')}`, LOG_LEVEL: 'silent' }
})
afterAll(() => rmSync(folder, { recursive: true }))

const admin = async (args: string[], more: Record<string, string> = {}) => {
  const { PATH = '' } = process.env
  const child = spawn(process.execPath, [await bundledProgram('lib/commands/admin.ts'), ...args], {
    env: { NODE_ENV: 'test', PATH, ...settings, ...more },
  })
  child.stdin.end()
  const ended = new Promise<number | null>((done) => child.once('close', done))
  const [stdout, stderr, exit] = await Promise.all([text(child.stdout), text(child.stderr), ended])
  return { stdout, stderr, exit }
}

test('a backup is made while the app runs, and restored only when it does not', async () => {
  const file = join(folder, 'backup.db')
  expect(await admin(['backup', file])).toMatchObject({ exit: 1, stderr: expect.stringContaining('no database yet') })
  expect(existsSync(file)).toBe(false)
  const app = await createContainer(parseEnv(settings))
  expect(await admin(['backup', file])).toEqual({ stdout: `${file}\n`, stderr: '', exit: 0 })
  expect(await admin(['backup', file])).toMatchObject({ exit: 1, stderr: expect.stringContaining('is there already') })
  const replacing = ['restore', file, '--replace']
  expect(await admin(replacing)).toMatchObject({ exit: 1, stdout: '', stderr: expect.stringContaining('stop the app') })
  await app.close()
  expect(await admin(['restore', file])).toMatchObject({ exit: 1, stderr: expect.stringContaining('--replace') })
  const restored = { stdout: 'No connection has tokens: nothing waits for a decision.\n', stderr: '', exit: 0 }
  expect(await admin(replacing)).toEqual(restored)
  expect(await admin(['quarantine'])).toEqual(restored)
})

test('more than one file is no command line', async () => {
  const { stdout, stderr, exit } = await admin(['restore', 'a', 'b'])
  expect({ stdout, exit }).toEqual({ stdout: '', exit: 2 })
  expect(stderr).toContain('restore takes one file.')
})

test.each(['backup', 'restore'])('%s on PostgreSQL names what to use instead, in one sentence', async (command) => {
  const { stderr, exit } = await admin([command, 'x'], { DATABASE_URL: 'postgres://localhost/porte_cles' })
  expect(exit).toBe(1)
  expect(stderr).toMatch(/^[^\n]*pg_dump[^\n]*« admin quarantine »[^\n]*\n$/)
})
