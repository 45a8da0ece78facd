import { execFile } from 'node:child_process'
import { readFileSync } from 'node:fs'
import { expect, test } from 'vitest'

/** Everything that starts a process outside npm, as an operator or a developer would type it. */
const starters = [
  'next.config.ts',
  'playwright.config.ts',
  'vitest.config.ts',
  'lib/commands/admin.ts',
  'lib/commands/bench.ts',
  'lib/commands/build.ts',
  'lib/commands/demo.ts',
  'lib/commands/serve.ts',
  'lib/commands/worker.ts',
  'lib/testing/commands/crash.ts',
  'lib/testing/commands/image.ts',
  'lib/testing/commands/postgres-matrix.ts',
  'lib/testing/commands/replicas.ts',
  'lib/testing/commands/sabotage.ts',
  'lib/testing/commands/seed.ts',
  'lib/testing/commands/soak.ts',
  'lib/testing/commands/sync.ts',
]

/** Runs a file under a Node that says it is of that version. */
const runAs = (version: string, file: string) => {
  const pretend = `Object.defineProperty(process, 'versions', { value: { ...process.versions, node: '${version}' } })`
  const args = ['--import', `data:text/javascript,${encodeURIComponent(pretend)}`, '--import', 'tsx', file]
  return new Promise<{ code: unknown; stderr: string }>((done) => {
    execFile(process.execPath, args, (error, _, stderr) => done({ code: error?.code ?? 0, stderr }))
  })
}

test.each(starters)('%s asks which Node it is before anything else', (file) => {
  expect(readFileSync(file, 'utf8')).toMatch(/^import '(#lib\/commands|\.\/lib\/commands|\.)\/require-node\.mjs'\n/)
})

test.each(['next.config.ts', 'lib/commands/admin.ts'])(
  '%s says in one sentence that Node is too old, and ends with 1',
  async (file) => {
    const { code, stderr } = await runAs('20.20.2', file)
    expect(stderr).toMatch(/^Porte-clés needs Node 22\.14 or newer; this is 20\.20\.2\. .+ install Node 24\.\n$/)
    expect(code).toBe(1)
  },
)

test('the oldest supported Node passes', async () => {
  expect(await runAs('22.14.0', 'lib/commands/require-node.mjs')).toEqual({ code: 0, stderr: '' })
})
