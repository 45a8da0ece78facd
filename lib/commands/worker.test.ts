import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { mkdtempSync, rmSync } from 'node:fs'
import type { AddressInfo } from 'node:net'
import { createServer } from 'node:net'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeAll, expect, test, vi } from 'vitest'

let folder: string
beforeAll(() => {
  folder = mkdtempSync(join(tmpdir(), 'porte-cles-worker-'))
})
afterAll(() => rmSync(folder, { recursive: true }))

const start = (more: Record<string, string> = {}) => {
  const { PATH = '' } = process.env
  const env = {
    NODE_ENV: 'production' as const,
    PATH,
    DATABASE_URL: `file:${join(folder, 'app.db')}`,
    API_PORT: '0',
    ...more,
  }
  const child = spawn(process.execPath, ['--import', 'tsx', 'lib/commands/worker.ts'], { env })
  const output = { text: '' }
  for (const stream of [child.stdout, child.stderr]) stream.on('data', (text) => (output.text += text))
  const ended = once(child, 'exit').then(([code]) => code as number | null)
  const port = () =>
    vi.waitFor(
      () => {
        const found = output.text.match(/"port":(\d+)/)?.[1]
        if (!found) throw new Error(output.text)
        return found
      },
      { timeout: 15_000, interval: 50 },
    )
  return { child, output, ended, port }
}

test.each(['SIGTERM', 'SIGINT'] as const)('the worker answers alone, and ends in order on %s', async (signal) => {
  const { child, ended, port, output } = start()
  const answer = await fetch(`http://127.0.0.1:${await port()}/api/ready`)
  expect(await answer.json()).toEqual({ status: 'ok' })
  child.kill(signal)
  expect(await ended).toBe(0)
  for (const line of output.text.trim().split('\n')) expect(JSON.parse(line)).toHaveProperty('level')
  expect(output.text).not.toContain('"level":"error"')
})

test('a port that is taken is said in a sentence', async () => {
  const taken = createServer().listen(0, '127.0.0.1')
  await once(taken, 'listening')
  const { ended, output } = start({ API_PORT: String((taken.address() as AddressInfo).port) })
  expect(await ended).toBe(1)
  expect(output.text).toContain('Another process listens on API_HOST and API_PORT')
  taken.close()
})

test('settings that cannot be used are named', async () => {
  const { ended, output } = start({ API_PORT: 'x' })
  expect(await ended).toBe(78)
  expect(output.text).toBe('The worker does not start.\nAPI_PORT must be a whole number from 0 to 65535.\n')
})
