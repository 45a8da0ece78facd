import '../../lib/commands/require-node.mjs'

import { AppServer } from '../harness/app-server.ts'
import { fuzz } from './fuzz.ts'

/** `npm run fuzz [how many] [seed]`: hostile requests to the built app. Ends with status 1 when anything was wrong. */

const count = Number(process.argv[2] ?? 100_000)
const seed = Number(process.argv[3] ?? Date.now() % 1_000_000_000)
if (!Number.isSafeInteger(count) || count < 1 || !Number.isSafeInteger(seed))
  throw new Error('npm run fuzz [how many] [seed]')

const shownEach = 1_000

const print = (line: string) => void process.stdout.write(`${line}\n`)

const server = await AppServer.open()
try {
  const began = performance.now()
  const { statuses, faults, strayLines, slowest, slow, unasked } = await fuzz(
    server,
    count,
    seed,
    ({ done, perSecond, faults: found }) => {
      if (done % shownEach === 0) print(`${done} of ${count}, ${perSecond.toFixed(0)} a second, ${found} faults`)
    },
  )
  print(`${count} requests in ${((performance.now() - began) / 1000).toFixed(0)} s, seed ${seed}`)
  for (const [status, times] of Object.entries(statuses)) print(`  ${status.padEnd(5)} ${times}`)
  print(`slowest answers:\n${slowest.join('\n')}`)
  for (const fault of faults.slice(0, 20)) print(`FAULT ${fault}`)
  for (const line of strayLines.slice(0, 20)) print(`STRAY ${line}`)
  for (const line of slow) print(`SLOW ${line}`)
  for (const endpoint of unasked) print(`NEVER ASKED ${endpoint}`)
  print(
    `${faults.length} faults, ${strayLines.length} stray lines of log, ${slow.length} answers over a second, ${unasked.length} endpoints never asked`,
  )
  if (faults.length + strayLines.length + slow.length + unasked.length > 0) process.exitCode = 1
} finally {
  await server.close()
}
