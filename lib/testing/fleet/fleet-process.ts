import { createInterface } from 'node:readline'
import { setTimeout as sleep } from 'node:timers/promises'
import { createContainer } from '#lib/composition/container.ts'
import { parseEnv } from '#lib/composition/env.ts'

/**
 * A worker that refreshes, and reads lists where there are any, as the scheduler has it do. A line on standard input is the time that
 * its clock shows from then on, in milliseconds of the epoch; the line that answers is the processor time it has used, in
 * milliseconds. It ends with its standard input.
 */

let atMs = Date.now()
const app = await createContainer(parseEnv(process.env), { clock: { now: () => new Date(atMs) }, logTo: 'stderr' })
let ends = false

const used = () => {
  const { user, system } = process.cpuUsage()
  return Math.round((user + system) / 1000)
}

createInterface({ input: process.stdin })
  .on('line', (line) => {
    atMs = Number(line)
    process.stdout.write(`${used()}\n`)
  })
  .on('close', () => {
    ends = true
  })

/** The scheduler rests a second; here a minute of the moved clock is over in a few. */
const repeat = async (work: () => Promise<void>) => {
  while (!ends) {
    // what the database refuses for a moment is asked again, as by the scheduler
    await work().catch(() => {})
    await sleep(100)
  }
}

process.stdout.write(`${used()}\n`)
await Promise.all([repeat(app.refreshDueTokens.beginDue), repeat(app.copies.beginDue)])
await Promise.all([app.refreshDueTokens.refreshDue(), app.copies.finish()])
await app.close()
process.exit()
