import '#lib/commands/require-node.mjs'

import { type SpawnSyncOptions, spawnSync } from 'node:child_process'
import { randomBytes } from 'node:crypto'
import { copyFileSync, cpSync, existsSync, mkdirSync, symlinkSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { setTimeout as sleep } from 'node:timers/promises'
import { ours, readServices, type Service } from '../artefact/compose.ts'
import { createDatabase } from '../database/postgres-databases.ts'
import { freePort, startPostgres } from '../database/postgres-server.ts'

/**
 * `npm run test:image`: builds the Dockerfile and starts what the compose files say, hardened as they say, with Debian's
 * `buildah` and `podman`. No registry of images is asked: the base is made by `debootstrap`, Node is the one that runs this.
 */

const tools = ['buildah', 'podman', 'debootstrap']
const base = '/var/tmp/porte-cles-base'
const names = { base: 'localhost/porte-cles-base', node: 'localhost/porte-cles-node', app: 'localhost/porte-cles' }

const say = (line: string) => process.stdout.write(`${line}\n`)

const run = (command: string, args: string[], options: SpawnSyncOptions = {}): string => {
  const { status, stdout, stderr } = spawnSync(command, args, { encoding: 'utf8', maxBuffer: 1 << 26, ...options })
  if (status === 0) return String(stdout ?? '').trim()
  throw new Error(`${command} ${args.join(' ')} ended with ${status}:\n${String(stdout ?? '')}${String(stderr ?? '')}`)
}
const podman = (...args: string[]) => run('podman', args)

/** As node:24-bookworm-slim lays it out: Node and npm under /usr/local. */
const addNode = (root: string) => {
  const npm = run('npm', ['root', '--global'])
  const local = join(root, 'usr', 'local')
  mkdirSync(join(local, 'lib', 'node_modules'), { recursive: true })
  copyFileSync(process.execPath, join(local, 'bin', 'node'))
  cpSync(join(npm, 'npm'), join(local, 'lib', 'node_modules', 'npm'), { recursive: true })
  symlinkSync('../lib/node_modules/npm/bin/npm-cli.js', join(local, 'bin', 'npm'))
  // of a network whose proxy signs for the registry of packages
  const authority = process.env.NODE_EXTRA_CA_CERTS || run('npm', ['config', 'get', 'cafile'])
  if (existsSync(authority)) {
    copyFileSync(authority, join(local, 'authority.pem'))
    writeFileSync(join(root, 'root', '.npmrc'), 'cafile=/usr/local/authority.pem\n')
  }
}

const imageOf = (name: string, from: string, change: (root: string) => void = () => {}) => {
  const container = run('buildah', ['from', from])
  try {
    if (from === 'scratch') run('buildah', ['add', '--quiet', container, base, '/'])
    change(run('buildah', ['mount', container]))
    run('buildah', ['umount', container])
    run('buildah', ['config', '--env', 'PATH=/usr/local/bin:/usr/bin:/bin', container])
    run('buildah', ['commit', '--quiet', container, name])
  } finally {
    run('buildah', ['rm', container])
  }
}

const build = () => {
  if (!existsSync(join(base, 'etc', 'debian_version')))
    run('debootstrap', ['--variant=minbase', '--include=ca-certificates', 'bookworm', base])
  imageOf(names.base, 'scratch')
  imageOf(names.node, names.base, addNode)
  const settings = ['--build-arg', `NODE_IMAGE=${names.node}`, '--build-arg', `BASE_IMAGE=${names.base}`]
  const how = ['--isolation', 'chroot', '--network', 'host', '--format', 'docker', '--pull=false']
  run('buildah', ['build', ...how, ...settings, '--tag', names.app, '.'])
  say(`built: ${podman('image', 'inspect', '--format', '{{.Size}}', names.app)} bytes`)
}

const started: string[] = []

/** As the service says, on the host's network: what differs between replicas are their ports. */
const start = (service: Service, settings: Record<string, string>, more: string[] = []) => {
  const { raw, command, environment } = service
  const list = (value: unknown) => (Array.isArray(value) ? value.map(String) : [])
  const hardened = [
    ...(raw.read_only === 'true' ? ['--read-only', '--read-only-tmpfs=false'] : []),
    ...list(raw.tmpfs).map((path) => `--tmpfs=${path}`),
    ...list(raw.cap_drop).map((name) => `--cap-drop=${name}`),
    ...list(raw.security_opt).map((option) => `--security-opt=${option.replace(':true', '')}`),
  ]
  const env = Object.entries({ ...environment, ...settings }).flatMap(([name, value]) => ['--env', `${name}=${value}`])
  const id = podman(
    'run',
    '--detach',
    '--network=host',
    '--cgroups=disabled',
    ...hardened,
    ...env,
    ...more,
    names.app,
    ...command,
  )
  started.push(id)
  return id
}

const healthy = async (id: string, port: string) => {
  for (const until = Date.now() + 60_000; Date.now() < until; await sleep(100)) {
    const answer = await fetch(`http://127.0.0.1:${port}/api/ready`).catch(() => null)
    if (answer?.ok) return
  }
  throw new Error(`nothing is ready on ${port}:\n${podman('logs', id)}`)
}

const expect = (what: string, holds: boolean) => {
  if (!holds) throw new Error(`not so: ${what}`)
  say(`ok  ${what}`)
}

const stop = (id: string) => {
  podman('stop', '--time', '40', id)
  return podman('inspect', '--format', '{{.State.ExitCode}}', id)
}

const onLoopback = async () => {
  const [PORT, API_PORT] = [String(await freePort()), String(await freePort())]
  return { PORT, API_PORT, PUBLIC_URL: `http://127.0.0.1:${PORT}`, HOST: '127.0.0.1', API_HOST: '127.0.0.1' }
}

const trySqlite = async () => {
  const [service] = ours(readServices('deploy/compose/sqlite.yml'))
  if (!service) throw new Error('no service')
  const settings = await onLoopback()
  const id = start(service, settings, ['--volume', 'porte-cles-test-data:/data'])
  await healthy(id, settings.PORT)
  const inside = (...command: string[]) => podman('exec', id, ...command)
  expect('SQLite: the app is ready, and offers the first run', podman('logs', id).includes('/premier-demarrage/'))
  expect('it is not root', inside('id', '-u') === '10001')
  expect('its root is read-only', spawnSync('podman', ['exec', id, 'touch', '/app/x']).status !== 0)
  expect('its own check says so', spawnSync('podman', ['exec', id, 'node', 'health.mjs']).status === 0)
  const { findings } = JSON.parse(
    spawnSync('podman', ['exec', id, 'node', 'admin.mjs', 'doctor', '--json'], { encoding: 'utf8' }).stdout,
  )
  const level = (check: string) =>
    (findings as { check: string; level: string }[]).find((one) => one.check === check)?.level
  expect('the doctor finds its database and its app well', level('database') === 'ok' && level('app') === 'ok')
  inside('node', 'admin.mjs', 'backup', '/data/backup.db')
  expect('it ends in order on SIGTERM', stop(id) === '0')
  const again = start(service, settings, ['--volume', 'porte-cles-test-data:/data'])
  await healthy(again, settings.PORT)
  expect('and starts again on its data', stop(again) === '0')
}

const tryPostgres = async () => {
  const postgres = await startPostgres()
  try {
    const shared = {
      DATABASE_URL: await createDatabase(postgres.url, `image_${randomBytes(4).toString('hex')}`),
      ENCRYPTION_KEYS: `k1:${randomBytes(32).toString('base64')}`,
      NEXTAUTH_SECRET: randomBytes(32).toString('base64'),
    }
    const running: string[] = []
    for (const service of ours(readServices('deploy/compose/postgres.yml')))
      for (let replica = 1; replica <= service.replicas; replica += 1) {
        const settings = await onLoopback()
        const METRICS_PORT = service.environment.METRICS_PORT ? { METRICS_PORT: String(await freePort()) } : {}
        const id = start(service, { ...settings, ...shared, ...METRICS_PORT })
        running.push(id)
        await healthy(id, service.name === 'worker' ? settings.API_PORT : settings.PORT)
        expect(`PostgreSQL: ${service.name} ${replica} is ready`, true)
      }
    expect(
      'all end in order on SIGTERM',
      running.every((id) => stop(id) === '0'),
    )
  } finally {
    await postgres.stop()
  }
}

const tryUnit = () => {
  const { status } = spawnSync('systemd-analyze', ['--version'])
  if (status !== 0) return say('no systemd here: its unit was not judged')
  const unit = 'deploy/systemd/porte-cles.service'
  const judged = run('systemd-analyze', ['security', '--offline=yes', '--threshold=20', '--no-pager', unit])
  say(`ok  ${judged.split('\n').at(-1)}`)
}

const missing = tools.filter((tool) => spawnSync(tool, ['--version']).error)
if (missing.length > 0 || process.getuid?.() !== 0) {
  say(`Not tried: it needs root, and ${tools.join(', ')} (missing: ${missing.join(', ') || 'none'}).`)
  process.exit(0)
}
try {
  build()
  await trySqlite()
  await tryPostgres()
  tryUnit()
} finally {
  if (started.length > 0) spawnSync('podman', ['rm', '--force', ...started])
  spawnSync('podman', ['volume', 'rm', '--force', 'porte-cles-test-data'])
}
