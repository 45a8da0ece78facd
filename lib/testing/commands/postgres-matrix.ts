import '#lib/commands/require-node.mjs'

import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { existsSync } from 'node:fs'
import { join } from 'node:path'
import pg from 'pg'
import { requireBouncer, startBouncer } from '../database/pg-bouncer.ts'
import { startPostgres } from '../database/postgres-server.ts'

/**
 * `npm run test:postgres`: the promises of the store and the races for tokens, on a PostgreSQL whose transactions are
 * serializable by default, and on one behind PgBouncer in transaction mode; and what else `npm test` runs on SQLite alone,
 * though it holds for either, on PostgreSQL, whose clock the tests move.
 */

const tests = [
  'lib/adapters/store/contract',
  'lib/adapters/store/engine/migrations.test.ts',
  'lib/use-cases/scenarios/several-processes.test.ts',
]

/** With a database that `openTestApp` makes. */
const scenarios = [
  ...[
    'altered-secrets',
    'clock-jumps',
    'concurrent-changes',
    'lost-responses',
    'malformed-responses',
    'old-backups',
  ].map((name) => `lib/use-cases/scenarios/${name}.test.ts`),
  ...['code-challenge', 'confirm-candidate', 'exchange-code', 'handle-callback', 'redeem-pasted-code'].map(
    (name) => `lib/use-cases/authorization/${name}.test.ts`,
  ),
  ...['circuit-breaker', 'coordinate-refresh'].map((name) => `lib/use-cases/tokens/${name}.test.ts`),
  ...['save-settings', 'switch-connection', 'test-connection'].map(
    (name) => `lib/use-cases/connections/${name}.test.ts`,
  ),
  'lib/use-cases/support/assist-connection.test.ts',
]

const print = (line: string) => void process.stdout.write(`${line}\n`)

const runTests = async (name: string, url: string, args = ['-t', 'PostgreSQL', ...tests], more = {}) => {
  print(`\n${name}`)
  const vitest = join('node_modules', 'vitest', 'vitest.mjs')
  const child = spawn(process.execPath, [vitest, 'run', ...args], {
    env: { ...process.env, TEST_POSTGRES_URL: url, ...more },
    stdio: 'inherit',
  })
  const [status] = (await once(child, 'exit')) as [number | null]
  if (status !== 0) throw new Error(`${name}: the tests failed.`)
}

const configure = async (url: string, statement: string) => {
  const client = new pg.Client({ connectionString: url })
  await client.connect()
  await client.query(statement)
  await client.query('select pg_reload_conf()')
  await client.end()
}

// vitest passes by what is not there
for (const path of [...tests, ...scenarios])
  if (!existsSync(path)) throw new Error(`${path} is not there any more: name what took its place`)
requireBouncer()
const server = await startPostgres()
try {
  await runTests('What SQLite is tried with', server.url, scenarios, { TEST_APPS_ON: 'PostgreSQL' })
  const bouncer = await startBouncer(server.url)
  try {
    await runTests('Behind PgBouncer in transaction mode', bouncer.url)
  } finally {
    await bouncer.stop()
  }
  await configure(server.url, "alter system set default_transaction_isolation = 'serializable'")
  await runTests('Serializable by default', server.url)
} finally {
  await configure(server.url, 'alter system reset default_transaction_isolation')
  await server.stop()
}
