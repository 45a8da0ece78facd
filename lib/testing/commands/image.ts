import '#lib/commands/require-node.mjs'

import { type SpawnSyncOptions, spawn, spawnSync } from 'node:child_process'
import { randomBytes } from 'node:crypto'
import { once } from 'node:events'
import { copyFileSync, cpSync, existsSync, mkdirSync, realpathSync, symlinkSync, writeFileSync } from 'node:fs'
import { dirname, join } from 'node:path'
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
  // an npm script's own Node has no npm beside it
  const launcher = process.env.npm_execpath
  const npm = launcher ? dirname(dirname(realpathSync(launcher))) : join(run('npm', ['root', '--global']), 'npm')
  const local = join(root, 'usr', 'local')
  mkdirSync(join(local, 'lib', 'node_modules'), { recursive: true })
  copyFileSync(process.execPath, join(local, 'bin', 'node'))
  cpSync(npm, join(local, 'lib', 'node_modules', 'npm'), { recursive: true })
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

interface Running {
  /** Runs a program beside it. @returns its status and what it printed */
  exec(...command: string[]): { status: number | null; stdout: string }
  logs(): string
  /** SIGTERM. @returns the status it ended with */
  stop(): Promise<number | null>
}

type Start = (service: Service, settings: Record<string, string>) => Running

const cleanups: (() => void)[] = []

const program = ['node', '--max-semi-space-size=16', 'serve.mjs']
const environmentOf = ({ environment }: Service, settings: Record<string, string>) =>
  Object.entries({ ...environment, ...settings }).flatMap(([name, value]) => ['--env', `${name}=${value}`])

/** As the service says, on the host's network: what differs between replicas are their ports. */
const withPodman: Start = (service, settings) => {
  const { raw, command } = service
  const list = (value: unknown) => (Array.isArray(value) ? value.map(String) : [])
  const hardened = [
    ...(raw.read_only === 'true' ? ['--read-only', '--read-only-tmpfs=false'] : []),
    ...list(raw.tmpfs).map((path) => `--tmpfs=${path}`),
    ...list(raw.cap_drop).map((name) => `--cap-drop=${name}`),
    ...list(raw.security_opt).map((option) => `--security-opt=${option.replace(':true', '')}`),
  ]
  const how = ['--detach', '--network=host', '--no-healthcheck', ...hardened, ...environmentOf(service, settings)]
  const id = podman('run', ...how, names.app, ...command)
  cleanups.push(() => spawnSync('podman', ['rm', '--force', '--volumes', id]))
  return {
    exec: (...inside) => spawnSync('podman', ['exec', id, ...inside], { encoding: 'utf8' }),
    logs: () => podman('logs', id),
    stop: async () => {
      podman('stop', '--time', '40', id)
      return Number(podman('inspect', '--format', '{{.State.ExitCode}}', id))
    },
  }
}

/** The process of the app below one of ours: nothing passes a signal on to it. */
const appBelow = (pid: number | undefined): number | undefined => {
  const all = run('ps', ['-e', '-o', 'pid=,ppid='])
    .split('\n')
    .map((line) => line.trim().split(/\s+/))
  const below = (parent: string): string[][] =>
    all.filter(([, ppid]) => ppid === parent).flatMap((one) => [one, ...below(one[0] ?? '')])
  const found = below(String(pid)).at(-1)
  return found && Number(found[0])
}

/** Where no container can be started: the image as it is, in a chroot, as its own user. */
const inChroot: Start = (service, settings) => {
  const container = run('buildah', ['from', '--pull=false', names.app])
  cleanups.push(() => spawnSync('buildah', ['rm', container]))
  const how = ['run', '--isolation', 'chroot', '--network', 'host', '--user', '10001:10001']
  const { command } = service
  const all = [
    ...how,
    ...environmentOf(service, settings),
    container,
    '--',
    ...(command.length > 0 ? command : program),
  ]
  const child = spawn('buildah', all)
  const ended = once(child, 'exit') as Promise<[number | null]>
  let output = ''
  for (const stream of [child.stdout, child.stderr]) stream.on('data', (data) => (output += String(data)))
  cleanups.unshift(() => void child.kill('SIGKILL'))
  const beside = [...how, ...environmentOf(service, settings), container, '--']
  return {
    exec: (...inside) => spawnSync('buildah', [...beside, ...inside], { encoding: 'utf8' }),
    logs: () => output,
    stop: async () => {
      const pid = appBelow(child.pid)
      if (pid === undefined) throw new Error('the app is not there')
      process.kill(pid, 'SIGTERM')
      return (await ended)[0]
    },
  }
}

const canStart = () =>
  spawnSync('podman', ['run', '--rm', '--network=host', '--no-healthcheck', names.app, 'node', '--version']).status ===
  0

const healthy = async (running: Running, port: string) => {
  for (const until = Date.now() + 60_000; Date.now() < until; await sleep(100)) {
    const answer = await fetch(`http://127.0.0.1:${port}/api/ready`).catch(() => null)
    if (answer?.ok) return
  }
  throw new Error(`nothing is ready on ${port}:\n${running.logs()}`)
}

const expect = (what: string, holds: boolean) => {
  if (!holds) throw new Error(`not so: ${what}`)
  say(`ok  ${what}`)
}

const onLoopback = async () => {
  const [PORT, API_PORT] = [String(await freePort()), String(await freePort())]
  return { PORT, API_PORT, PUBLIC_URL: `http://127.0.0.1:${PORT}`, HOST: '127.0.0.1', API_HOST: '127.0.0.1' }
}

const levelOf = (json: string, check: string) => {
  const { findings } = JSON.parse(json) as { findings: { check: string; level: string }[] }
  return findings.find((one) => one.check === check)?.level
}

const trySqlite = async (start: Start) => {
  const [service] = ours(readServices('deploy/compose/sqlite.yml'))
  if (!service) throw new Error('no service')
  const settings = await onLoopback()
  const app = start(service, settings)
  await healthy(app, settings.PORT)
  expect('SQLite: the app is ready, and offers the first run', app.logs().includes('/premier-demarrage/'))
  expect('it is not root', app.exec('id', '-u').stdout.trim() === '10001')
  expect('it cannot change its own files', app.exec('touch', '/app/x').status !== 0)
  expect('its own check says that it is well', app.exec('node', 'health.mjs').status === 0)
  const { stdout } = app.exec('node', 'admin.mjs', 'doctor', '--json')
  expect(
    'the doctor finds its database and its app well',
    ['database', 'app'].every((one) => levelOf(stdout, one) === 'ok'),
  )
  expect('a backup can be made', app.exec('node', 'admin.mjs', 'backup', '/data/backup.db').status === 0)
  expect('it ends in order on SIGTERM', (await app.stop()) === 0)
}

const tryPostgres = async (start: Start) => {
  const postgres = await startPostgres()
  try {
    const shared = {
      DATABASE_URL: await createDatabase(postgres.url, `image_${randomBytes(4).toString('hex')}`),
      ENCRYPTION_KEYS: `k1:${randomBytes(32).toString('base64')}`,
      NEXTAUTH_SECRET: randomBytes(32).toString('base64'),
    }
    const running: Running[] = []
    for (const service of ours(readServices('deploy/compose/postgres.yml')))
      for (let replica = 1; replica <= service.replicas; replica += 1) {
        const settings = await onLoopback()
        const METRICS_PORT = service.environment.METRICS_PORT ? { METRICS_PORT: String(await freePort()) } : {}
        const replicated = start(service, { ...settings, ...shared, ...METRICS_PORT })
        running.push(replicated)
        await healthy(replicated, service.name === 'worker' ? settings.API_PORT : settings.PORT)
        expect(`PostgreSQL: ${service.name} ${replica} is ready`, true)
      }
    const ended = await Promise.all(running.map((one) => one.stop()))
    expect(
      'all end in order on SIGTERM',
      ended.every((status) => status === 0),
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
  const start = canStart() ? withPodman : inChroot
  if (start === inChroot) say('podman starts nothing here: the image is tried in a chroot, without its read-only root')
  await trySqlite(start)
  await tryPostgres(start)
  tryUnit()
} finally {
  for (const clean of cleanups) clean()
}
