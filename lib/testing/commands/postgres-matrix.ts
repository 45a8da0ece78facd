import '#lib/commands/require-node.mjs'

import { spawn, spawnSync } from 'node:child_process'
import { once } from 'node:events'
import { chmodSync, chownSync, existsSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import pg from 'pg'
import { freePort, startPostgres } from '../database/postgres-server.ts'

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

const isRoot = process.getuid?.() === 0
const hasBouncer = () => spawnSync('sh', ['-c', 'PATH="$PATH:/usr/sbin" command -v pgbouncer']).status === 0

const requireBouncer = () => {
  if (hasBouncer()) return
  if (isRoot) spawnSync('apt-get', ['install', '-y', 'pgbouncer'], { stdio: 'inherit' })
  if (hasBouncer()) return
  throw new Error(
    'PgBouncer is missing: install it (on Debian: apt-get install -y pgbouncer, as root), then run this again.',
  )
}

/**
 * Runs as another user where we are root, since PgBouncer refuses to be root. Idle sessions end soon: PostgreSQL waits 5 s
 * for them before it refuses to copy a database.
 */
const startBouncer = async (url: string) => {
  const { hostname, port, username, password } = new URL(url)
  const folder = mkdtempSync(join(tmpdir(), 'porte-cles-bouncer-'))
  const listenPort = await freePort()
  writeFileSync(join(folder, 'users.txt'), `"${username}" "${password}"\n`)
  writeFileSync(
    join(folder, 'bouncer.ini'),
    `[databases]
* = host=${hostname} port=${port}
[pgbouncer]
listen_addr = 127.0.0.1
listen_port = ${listenPort}
unix_socket_dir =
auth_type = plain
auth_file = ${join(folder, 'users.txt')}
pool_mode = transaction
max_client_conn = 500
default_pool_size = 15
server_idle_timeout = 1
`,
  )
  chmodSync(folder, 0o755)
  const command = ['pgbouncer', join(folder, 'bouncer.ini')]
  const user = isRoot ? Number(spawnSync('id', ['-u', 'nobody'], { encoding: 'utf8' }).stdout) : null
  if (user !== null) for (const file of ['users.txt', 'bouncer.ini']) chownSync(join(folder, file), user, -1)
  const child = spawn(command[0] ?? '', command.slice(1), {
    ...(user !== null && { uid: user }),
    env: { ...process.env, PATH: `${process.env.PATH}:/usr/sbin` },
    stdio: ['ignore', 'ignore', 'pipe'],
  })
  let content = ''
  child.stderr.on('data', (data) => {
    content += String(data)
  })
  const gone = once(child, 'exit')
  const target = new URL(url)
  target.host = `127.0.0.1:${listenPort}`
  for (let tries = 0; ; tries += 1) {
    const client = new pg.Client({ connectionString: target.href })
    const up = await client.connect().then(
      () => true,
      () => false,
    )
    await client.end().catch(() => {})
    if (up) break
    if (tries > 50) throw new Error(`PgBouncer did not start:\n${content}`)
    await new Promise((done) => setTimeout(done, 100))
  }
  const stop = async () => {
    child.kill('SIGTERM')
    await gone
    rmSync(folder, { recursive: true, force: true })
  }
  return { url: target.href, stop }
}

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
