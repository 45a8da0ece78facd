import { readFileSync } from 'node:fs'
import { describe, expect, it, test } from 'vitest'
import { parseEnv } from '#lib/composition/env.ts'
import { composeFiles, ours, readServices } from './compose.ts'
import { readYaml } from './read-yaml.ts'

const read = (file: string) => readFileSync(file, 'utf8')
const settings = new Set([...read('.env.example').matchAll(/^([A-Z_0-9]+)=/gm)].map(([, name]) => name))
/** What a program of the standalone build is called. */
const programs = ['serve.mjs', 'worker.mjs', 'admin.mjs', 'health.mjs']
const unknown = (names: string[]) => names.filter((name) => !settings.has(name) && name !== 'NODE_ENV')

describe('the Dockerfile', () => {
  const lines = read('Dockerfile')
    .split('\n')
    .filter((line) => line !== '' && !line.startsWith('#'))
  const instructions = lines.map((line) => line.split(' ')[0] ?? '')
  const last = (name: string) => lines.findLast((line) => line.startsWith(`${name} `)) ?? ''

  it('has known instructions alone, and stages that are there', () => {
    const known = 'ARG FROM WORKDIR COPY RUN ENV USER VOLUME EXPOSE STOPSIGNAL HEALTHCHECK CMD'.split(' ')
    expect(instructions.filter((name) => !known.includes(name))).toEqual([])
    const stages = [...read('Dockerfile').matchAll(/ AS (\w+)$/gm)].map(([, name]) => name)
    const named = [...read('Dockerfile').matchAll(/--from=(\w+)/g)].map(([, name]) => name)
    expect(named.filter((name) => !stages.includes(name))).toEqual([])
  })

  it('ends as somebody who is not root, with a check and the program of the build', () => {
    expect(last('USER')).toMatch(/^USER [1-9]\d*:[1-9]\d*$/)
    expect(lines.indexOf(last('USER'))).toBeGreaterThan(instructions.lastIndexOf('RUN'))
    expect(last('HEALTHCHECK')).toContain('"health.mjs"')
    expect(last('CMD')).toContain('"serve.mjs"')
    const { port, apiPort } = parseEnv({})
    expect(last('EXPOSE')).toBe(`EXPOSE ${port} ${apiPort}`)
  })

  it('sets only what is a setting', () => {
    expect(unknown(lines.flatMap((line) => /^ENV (\w+)=/.exec(line)?.[1] ?? []))).toEqual([])
  })
})

describe.each(composeFiles)('%s', (file) => {
  const services = readServices(file)

  it('sets only what is a setting, and starts programs of the build', () => {
    for (const { environment, command, healthcheck } of ours(services)) {
      expect(unknown(Object.keys(environment))).toEqual([])
      const named = [...command, ...healthcheck].filter((word) => word.endsWith('.mjs'))
      expect(named.filter((name) => !programs.includes(name))).toEqual([])
    }
  })

  it('publishes and checks the ports that its settings open', () => {
    for (const { environment, ports, healthcheck, command } of ours(services)) {
      const { PORT, API_PORT, METRICS_PORT } = environment
      const env = parseEnv({
        ...(PORT && { PORT }),
        ...(API_PORT && { API_PORT }),
        ...(METRICS_PORT && { METRICS_PORT }),
      })
      const isWorker = command.includes('worker.mjs')
      const open = isWorker ? [env.apiPort] : [env.port, env.apiPort, env.metricsPort]
      expect(ports.map((port) => Number(port.split(':').at(-1))).filter((port) => !open.includes(port))).toEqual([])
      // what has no TLS is published on this machine alone
      expect(ports.filter((port) => !port.startsWith('127.0.0.1:'))).toEqual([])
      if (isWorker) expect(healthcheck).toEqual(['CMD', 'node', 'health.mjs', String(env.apiPort)])
    }
  })

  it('hardens every container of ours, and gives it time to finish', () => {
    for (const { raw } of ours(services))
      expect(raw).toMatchObject({
        // mail, sign-in and the rest, for whoever sends and whoever shows
        env_file: 'settings.env',
        ...{ read_only: 'true', tmpfs: ['/tmp'], cap_drop: ['ALL'], security_opt: ['no-new-privileges:true'] },
        stop_grace_period: '40s',
      })
  })
})

test('with PostgreSQL there are two web processes without the work, two workers with it, and a proxy that knows both', () => {
  const services = readServices('deploy/compose/postgres.yml')
  const [web, worker] = ours(services)
  expect(web).toMatchObject({ name: 'web', replicas: 2, environment: { WORKER: 'external', TRUSTED_PROXY_HOPS: '1' } })
  expect(worker).toMatchObject({ name: 'worker', replicas: 2 })
  expect(worker?.environment.WORKER).toBeUndefined()
  for (const shared of ['DATABASE_URL', 'PUBLIC_URL'])
    expect(worker?.environment[shared]).toBe(web?.environment[shared])
  const upstreams = [...read('deploy/compose/Caddyfile').matchAll(/dynamic a (\w+) (\d+)/g)]
  const { port, apiPort } = parseEnv({})
  expect(upstreams.map(([, name, at]) => `${name} ${at}`)).toEqual([`web ${port}`, `worker ${apiPort}`])
})

test('the unit sets only what is a setting, runs the build as nobody in particular, and may write its data alone', () => {
  const unit = read('deploy/systemd/porte-cles.service')
  const lines = unit.split('\n').filter((line) => line !== '' && !line.startsWith('#'))
  expect(lines.filter((line) => !/^\[\w+\]$|^\w+=/.test(line))).toEqual([])
  expect(unknown([...unit.matchAll(/^Environment=(\w+)=/gm)].map(([, name]) => name ?? ''))).toEqual([])
  expect(unit).toMatch(/^ExecStart=\S+\/node --max-semi-space-size=16 \S+\/serve\.mjs$/m)
  const hardened = ['DynamicUser=yes', 'ProtectSystem=strict', 'NoNewPrivileges=yes', 'CapabilityBoundingSet=']
  for (const line of [...hardened, 'RestartPreventExitStatus=78']) expect(lines).toContain(line)

  // the operator's commands run as the same user, on the same files
  const command = read('deploy/systemd/porte-cles-admin')
  for (const key of ['DynamicUser', 'StateDirectory', 'StateDirectoryMode', 'UMask', 'WorkingDirectory'])
    expect(command).toContain(`-p ${lines.find((line) => line.startsWith(`${key}=`))} `)
  expect(command).toContain(`-E ${/^Environment=(DATABASE_URL=.*)$/m.exec(unit)?.[1]} `)
  expect(command).toContain('/usr/local/bin/node /opt/porte-cles/admin.mjs "$@"')
})

test.each([
  ['a: 1\n b: 2', 'line 2'],
  ['a:\n- b', 'line 2'],
  ['a: 1\na: 2', 'line 2'],
  ['a: &x 1', 'line 1'],
  ['a:\n  - b: 1', 'line 2'],
])('%j is no YAML of ours', (text, line) => expect(() => readYaml(text)).toThrow(line))
