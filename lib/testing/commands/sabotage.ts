import '#lib/commands/require-node.mjs'

import { execFileSync, spawn } from 'node:child_process'
import { once } from 'node:events'
import { cpSync, mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync, symlinkSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { dirname, join } from 'node:path'
import { startPostgres } from '../database/postgres-server.ts'
import { type Sabotage, sabotages } from '../sabotages.ts'

/**
 * `npm run test:sabotage [word]`: puts one fault after the other into a copy of the checkout, or those alone whose name has
 * the word, and runs the tests that must notice. Ends with status 1 when any goes unnoticed.
 */

interface Verdict {
  success: boolean
  numFailedTests: number
}

const print = (line: string) => void process.stdout.write(`${line}\n`)

/** What git knows or would add; packages are those of the checkout, but what is written beside them stays in the copy. */
const copyCheckout = (copy: string) => {
  const listed = execFileSync('git', ['ls-files', '-z', '--cached', '--others', '--exclude-standard'], {
    encoding: 'utf8',
  })
  for (const file of new Set(listed.split('\0').filter(Boolean))) {
    mkdirSync(dirname(join(copy, file)), { recursive: true })
    cpSync(file, join(copy, file))
  }
  mkdirSync(join(copy, 'node_modules'))
  for (const name of readdirSync('node_modules'))
    if (!name.startsWith('.')) symlinkSync(join(process.cwd(), 'node_modules', name), join(copy, 'node_modules', name))
}

const runTests = async (copy: string, files: string[], postgresUrl: string): Promise<Verdict> => {
  const report = join(copy, 'report.json')
  const vitest = join('node_modules', 'vitest', 'vitest.mjs')
  const child = spawn(process.execPath, [vitest, 'run', '--reporter=json', `--outputFile=${report}`, ...files], {
    cwd: copy,
    env: { ...process.env, TEST_POSTGRES_URL: postgresUrl },
    stdio: ['ignore', 'ignore', 'pipe'],
  })
  let complaint = ''
  child.stderr.on('data', (data) => {
    complaint += String(data)
  })
  await once(child, 'exit')
  try {
    return JSON.parse(readFileSync(report, 'utf8')) as Verdict
  } catch (cause) {
    throw new Error(`the tests did not run:\n${complaint}`, { cause })
  } finally {
    rmSync(report, { force: true })
  }
}

/** Runs with the fault and takes it out again. */
const commit = async (copy: string, { file, from, to, noticedBy }: Sabotage, postgresUrl: string) => {
  const path = join(copy, file)
  const text = readFileSync(path, 'utf8')
  const [before, after, more] = text.split(from)
  if (before === undefined || after === undefined || more !== undefined) return 'the code has changed: not found'
  writeFileSync(path, `${before}${to}${after}`)
  try {
    const { success, numFailedTests } = await runTests(copy, [noticedBy], postgresUrl)
    if (success) return 'UNNOTICED'
    return numFailedTests > 0 ? null : 'the tests could not even be loaded'
  } finally {
    writeFileSync(path, text)
  }
}

const [word = ''] = process.argv.slice(2)
const chosen = sabotages.filter(({ name }) => name.includes(word))
if (chosen.length === 0) throw new Error(`no sabotage is called « ${word} »`)
const copy = mkdtempSync(join(tmpdir(), 'porte-cles-sabotage-'))
const server = await startPostgres()
try {
  copyCheckout(copy)
  const files = [...new Set(chosen.map(({ noticedBy }) => noticedBy))]
  const sound = await runTests(copy, files, server.url)
  if (!sound.success) throw new Error(`${sound.numFailedTests} tests fail without any sabotage`)
  print(`${files.length} test files pass as they are`)
  let wrong = 0
  for (const [index, sabotage] of chosen.entries()) {
    const began = performance.now()
    const fault = await commit(copy, sabotage, server.url)
    if (fault) wrong += 1
    const seconds = ((performance.now() - began) / 1000).toFixed(0)
    print(`${index + 1}/${chosen.length} ${fault ?? 'noticed'} (${seconds} s): ${sabotage.name}`)
  }
  print(`${chosen.length - wrong} of ${chosen.length} noticed`)
  if (wrong > 0) process.exitCode = 1
} catch (error) {
  process.exitCode = 1
  process.stderr.write(`${error instanceof Error ? error.stack : String(error)}\n`)
} finally {
  await server.stop()
  rmSync(copy, { recursive: true, force: true })
}
