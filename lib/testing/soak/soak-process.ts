import { createInterface } from 'node:readline'
import { setTimeout as sleep } from 'node:timers/promises'
import { parseArgs } from 'node:util'
import { openDatabase } from '#lib/adapters/store/engine/open-database.ts'
import { createContainer } from '#lib/composition/container.ts'
import { parseEnv } from '#lib/composition/env.ts'
import { startScheduler } from '#lib/composition/scheduler.ts'
import { Failure } from '#lib/domain/failure.ts'

/**
 * A process of the soak: the real container, the background work, and callers who ask for a token of anybody, twenty a
 * second. Each line on standard input is how many milliseconds its clock jumps; each on standard output is what its callers
 * were given since the last one, by failure code. It ends, once all that is under way is stored, with its standard input.
 */

const { values } = parseArgs({ options: { 'clock-ms': { type: 'string', default: '0' } } })
let offMs = Number(values['clock-ms'])
const env = parseEnv(process.env)
const app = await createContainer(env, { clock: { now: () => new Date(Date.now() + offMs) }, logTo: 'stderr' })
const db = await openDatabase(env.databaseUrl)
const tenants = await db.q.select({ id: db.tables.tenants.id }).from(db.tables.tenants)
await db.close()

let given: Record<string, number> = {}

const ask = async () => {
  const tenant = tenants[Math.floor(Math.random() * tenants.length)]
  if (!tenant) return
  const outcome = await app.getAccessToken.obtain({ tenantId: tenant.id, provider: 'teamleader', minTtlMs: 0 }).then(
    () => 'token',
    (error: unknown) => (error instanceof Failure ? error.code : `bug: ${String(error)}`),
  )
  given[outcome] = (given[outcome] ?? 0) + 1
}

const scheduler = startScheduler(app)
createInterface({ input: process.stdin })
  .on('line', (line) => {
    offMs += Number(line)
  })
  .on('close', () => void scheduler.stop().finally(() => process.exit()))

setInterval(() => {
  process.stdout.write(`${JSON.stringify(given)}\n`)
  given = {}
}, 1_000)
process.stdout.write('{}\n')
for (;;) {
  void ask()
  await sleep(50)
}
