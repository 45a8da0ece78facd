import { createInterface } from 'node:readline'
import { setTimeout as sleep } from 'node:timers/promises'
import { createContainer } from '#lib/composition/container.ts'
import { parseEnv } from '#lib/composition/env.ts'
import type { CopyOrder } from './copy-driver.ts'

/**
 * A worker that reads pages of lists and does nothing else, for tests that kill and count. A line on standard input is what
 * its clock shows from then on; with the first one it begins. It ends with its standard input.
 */

let nowMs = Date.now()
let dies: CopyOrder['dies'] = null
let begun = false
let ends = false
const app = await createContainer(parseEnv(process.env), { clock: { now: () => new Date(nowMs) }, logTo: 'stderr' })

const { sync } = app.store
const { store } = sync
sync.store = async (...page) => {
  if (dies === 'before') process.kill(process.pid, 'SIGKILL')
  const stored = await store(...page)
  if (dies === 'after') process.kill(process.pid, 'SIGKILL')
  return stored
}

const work = async () => {
  while (!ends) {
    // what the database refuses for a moment is asked again, as by the scheduler
    await app.copies.beginDue().catch(() => {})
    await sleep(5)
  }
  await app.copies.finish()
  await app.close()
  process.exit()
}

createInterface({ input: process.stdin })
  .on('line', (line) => {
    const order = JSON.parse(line) as CopyOrder
    nowMs = order.nowMs
    dies = order.dies
    if (!begun) void work()
    begun = true
  })
  .on('close', () => {
    ends = true
    if (!begun) process.exit()
  })

process.stdout.write('ready\n')
