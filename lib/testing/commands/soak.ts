import '#lib/commands/require-node.mjs'

import { randomBytes } from 'node:crypto'
import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { setTimeout as sleep } from 'node:timers/promises'
import { parseArgs } from 'node:util'
import { count } from 'drizzle-orm'
import { openDatabase } from '#lib/adapters/store/engine/open-database.ts'
import { createContainer } from '#lib/composition/container.ts'
import { parseEnv } from '#lib/composition/env.ts'
import { remoteControl } from '#lib/sandbox/control/remote-control.ts'
import { providerSettings } from '#lib/sandbox/provider-settings.ts'
import { startSandbox } from '#lib/sandbox/server.ts'
import { connectTenants } from '../soak/soak-connections.ts'
import { openSoakDatabase } from '../soak/soak-database.ts'
import { type Outcomes, startSoakProcess } from '../soak/soak-driver.ts'
import { faultsInOrder, type Target } from '../soak/soak-faults.ts'
import { quarterRatios } from '../soak/soak-memory.ts'
import { compareJournals } from '../soak/soak-verdict.ts'

/**
 * `npm run soak -- [--minutes 60] [--connections 1000] [--seed 1] [--postgres]`: two processes refresh for everybody while
 * every 30 s something goes wrong. Ends with status 1 when a pair was lost, a state is wrong, or memory grows.
 */

const { values } = parseArgs({
  options: {
    minutes: { type: 'string', default: '60' },
    connections: { type: 'string', default: '1000' },
    seed: { type: 'string', default: '1' },
    postgres: { type: 'boolean', default: false },
  },
})
const [minutes, connections, seed] = [Number(values.minutes), Number(values.connections), Number(values.seed)]
if (!(minutes > 0 && connections > 0 && Number.isSafeInteger(seed)))
  throw new Error('npm run soak -- --minutes 60 --connections 1000 --seed 1 [--postgres]')

/** So short that each is refreshed about once a minute. */
const lifetimeS = 60
const faultEveryMs = 30_000
/** Longer than the longest pause between two attempts. */
const recoveryMs = 20 * 60_000
const mostGrowth = 1.5

const print = (line: string) => void process.stdout.write(`${line}\n`)

const folder = mkdtempSync(join(tmpdir(), 'porte-cles-soak-'))
const database = await openSoakDatabase(values.postgres, folder)
const sandbox = await startSandbox({ port: 0, signInPort: 0 })
const control = remoteControl(sandbox.url)
const env = {
  DATABASE_URL: database.url,
  ENCRYPTION_KEYS: `k1:${randomBytes(32).toString('base64')}`,
  NEXTAUTH_SECRET: randomBytes(32).toString('base64'),
  ...providerSettings(sandbox.url),
  LOG_LEVEL: 'silent',
}
const app = await createContainer(parseEnv(env))
const db = await openDatabase(database.url)

const stateCounts = async () => {
  const { state, reason } = db.tables.connections
  const rows = await db.q.select({ state, reason, n: count() }).from(db.tables.connections).groupBy(state, reason)
  return rows.map((row) => `${row.state}${row.reason ? ` (${row.reason})` : ''} ${row.n}`).sort()
}

const run = async () => {
  print(`connecting ${connections} tenants`)
  await connectTenants(app, db, control, { count: connections, lifetimeS })
  let offMs = 0
  let jumpedAhead = false
  const killsAt: number[] = []
  const outcomes: Outcomes = {}
  const start = () => startSoakProcess({ ...env, DATABASE_URL: database.processUrl }, offMs, outcomes)
  const first = await start()
  let second = await start()
  const target: Target = {
    script: (steps) => control.script({}, steps),
    blockDatabase: database.block,
    killSecond: async () => {
      killsAt.push(Date.now())
      await second.kill()
      second = await start()
    },
    freezeSecond: async (ms) => {
      second.signal('SIGSTOP')
      await sleep(ms)
      second.signal('SIGCONT')
    },
    jumpClock: (ms) => {
      jumpedAhead ||= ms > 0
      offMs += ms
      for (const each of [first, second]) each.jump(ms)
    },
  }
  const sizes: NonNullable<ReturnType<typeof first.size>>[] = []
  const sampling = setInterval(() => {
    const size = first.size()
    if (size) sizes.push(size)
  }, 1_000)
  const report = async (what: string) =>
    print(`${what}: ${(await stateCounts()).join(', ')}; callers ${JSON.stringify(outcomes)}`)
  const order = faultsInOrder(seed)
  const endsMs = performance.now() + minutes * 60_000
  while (performance.now() < endsMs) {
    const { value: fault } = order.next()
    const nextMs = performance.now() + faultEveryMs
    await fault.run(target)
    await sleep(Math.max(nextMs - performance.now(), 0))
    await control.clear({})
    for (const each of [first, second]) await each.expectAlive()
    await report(`${Math.ceil((endsMs - performance.now()) / 60_000)} min left, ${fault.name}`)
  }
  clearInterval(sampling)
  const recovering = performance.now()
  while ((await stateCounts()).some((line) => line.startsWith('degraded'))) {
    if (performance.now() - recovering > recoveryMs) break
    await sleep(5_000)
  }
  await report(`recovered in ${((performance.now() - recovering) / 1000).toFixed(0)} s`)
  await Promise.all([first.stop(), second.stop()])

  const { requests, max_token_requests_in_flight: most } = await control.journal()
  const verdict = await compareJournals(db, app.vault, requests, killsAt)
  for (const sentence of [...verdict.lost, ...verdict.wrong]) print(sentence)
  const growth = quarterRatios(sizes)
  print(
    `${verdict.connections} connections, ${verdict.refreshes} refreshes, ${killsAt.length} kills: ` +
      `${verdict.lost.length} lost, ${verdict.wrong.length} wrong states, ${verdict.namedLosses} lost and named`,
  )
  print(`last quarter to first: memory ${growth.memory.toFixed(2)}, descriptors ${growth.descriptors.toFixed(2)}`)
  print(`requests of one connection at once: ${most}`)
  const bugs = Object.keys(outcomes).filter((outcome) => outcome.startsWith('bug'))
  const grows = growth.memory > mostGrowth || growth.descriptors > mostGrowth
  // to a machine whose clock jumps ahead every lease has ended
  const atOnce = most > (jumpedAhead ? 2 : 1)
  return verdict.lost.length + verdict.wrong.length + bugs.length === 0 && !grows && !atOnce
}

try {
  if (!(await run())) process.exitCode = 1
} catch (error) {
  process.exitCode = 1
  print(error instanceof Error ? (error.stack ?? error.message) : String(error))
} finally {
  await db.close()
  await app.close()
  await sandbox.stop()
  await database.stop()
  rmSync(folder, { recursive: true, force: true })
}
process.exit()
