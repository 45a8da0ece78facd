import { spawn, spawnSync } from 'node:child_process'
import { once } from 'node:events'
import { chmodSync, chownSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import pg from 'pg'
import { freePort } from './postgres-server.ts'

const isRoot = process.getuid?.() === 0
const hasBouncer = () => spawnSync('sh', ['-c', 'PATH="$PATH:/usr/sbin" command -v pgbouncer']).status === 0

/** Installs it where we are root and Debian has it. */
export const requireBouncer = () => {
  if (hasBouncer()) return
  if (isRoot) spawnSync('apt-get', ['install', '-y', 'pgbouncer'], { stdio: 'inherit' })
  if (hasBouncer()) return
  throw new Error(
    'PgBouncer is missing: install it (on Debian: apt-get install -y pgbouncer, as root), then run this again.',
  )
}

/**
 * PgBouncer in transaction mode before a server.
 *
 * Runs as another user where we are root, since PgBouncer refuses to be root. Idle sessions end soon: PostgreSQL waits 5 s
 * for them before it refuses to copy a database.
 */
export const startBouncer = async (url: string) => {
  const { username, password } = new URL(url)
  const folder = mkdtempSync(join(tmpdir(), 'porte-cles-bouncer-'))
  const listenPort = await freePort()
  writeFileSync(join(folder, 'users.txt'), `"${username}" "${password}"\n`)
  const settings = join(folder, 'bouncer.ini')
  const write = (to: string) => {
    const { hostname, port, pathname } = new URL(to)
    const at = `host=${hostname} port=${port}`
    // one that it made for itself of « * » would keep its address when the settings are read again
    writeFileSync(
      settings,
      `[databases]
${pathname.slice(1)} = ${at}
* = ${at}
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
server_login_retry = 1
`,
    )
  }
  write(url)
  chmodSync(folder, 0o755)
  const command = ['pgbouncer', settings]
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
  return {
    url: target.href,
    stop,
    /** Has it lead to another server: who waits for the old one is served by the new. */
    pointTo: (to: string) => {
      write(to)
      child.kill('SIGHUP')
    },
  }
}
