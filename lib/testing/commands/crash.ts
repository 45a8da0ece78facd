import '#lib/commands/require-node.mjs'

import { execFile } from 'node:child_process'
import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { promisify } from 'node:util'
import type { TestProject } from 'vitest/node'
import { simulateOutage } from '../app/outage-scenario.ts'
import { createDatabase } from '../database/postgres-databases.ts'
import startPostgres from '../database/postgres-server.ts'
import { openCluster } from '../processes/cluster.ts'
import { type KillReport, killLoop } from '../processes/kill-loop.ts'
import { killPlaces } from '../processes/kill-place.ts'
import { raceOnce } from '../processes/process-race.ts'

/** `npm run test:crash [kills]`: what takes too long for `npm test`. Ends with status 1 at the first thing that is wrong. */

const kills = Number(process.argv[2] ?? 150)
if (!Number.isSafeInteger(kills) || kills < 1) throw new Error('npm run test:crash [how many kills]')

/** The sandbox's journal grows with every request and is read all the time. */
const perCluster = 25
const rounds = 50

const print = (line: string) => void process.stdout.write(`${line}\n`)

const killMany = async (wanted: number, grace: boolean) => {
  const total: KillReport = { kills: 0, refreshes: 0, namedLosses: 0, places: {}, seconds: 0 }
  while (total.kills < wanted) {
    const part = await killLoop(Math.min(perCluster, wanted - total.kills), grace)
    total.kills += part.kills
    total.refreshes += part.refreshes
    total.namedLosses += part.namedLosses
    total.seconds += part.seconds
    for (const place of killPlaces) total.places[place] = (total.places[place] ?? 0) + (part.places[place] ?? 0)
  }
  print(
    `\nkilled ${total.kills} times, ${grace ? 'with' : 'without'} grace: ${total.refreshes} refreshes in ${total.seconds.toFixed(0)} s`,
  )
  for (const place of killPlaces) {
    const count = total.places[place] ?? 0
    print(`  ${place.padEnd(26)} ${String(count).padStart(4)} ${'#'.repeat(Math.ceil((count * 60) / total.kills))}`)
  }
  print(`  lost silently 0, lost and named ${total.namedLosses}, databases broken 0`)
  if (grace && total.namedLosses > 0) throw new Error('pairs were lost although the provider gave grace')
}

const race = async (name: string, url: string, skewMs: number) => {
  const cluster = await openCluster(url)
  try {
    const both = [await cluster.start(), await cluster.start(skewMs)]
    const began = performance.now()
    for (let round = 0; round < rounds; round += 1) await raceOnce(cluster, both)
    // nobody loses waiting time with a provider that thinks for long
    await cluster.script([{ delay_before: 15_000 }])
    await raceOnce(cluster, both)
    const seconds = ((performance.now() - began) / 1000).toFixed(1)
    print(
      `${name}: ${rounds + 1} rounds of 2 x 200 callers in ${seconds} s, one call each, clocks ${skewMs / 60_000} min apart`,
    )
  } finally {
    await cluster.close()
  }
}

const raceOnBoth = async () => {
  const folder = await mkdtemp(join(tmpdir(), 'porte-cles-race-'))
  await race('SQLite', `file:${join(folder, 'race.db')}`, 0)
  await rm(folder, { recursive: true, force: true })
  let server = { url: '', template: '' }
  const provide = (_: string, named: typeof server) => {
    server = named
  }
  const stop = await startPostgres({ provide } as unknown as TestProject)
  try {
    await race('PostgreSQL', await createDatabase(server.url, 'race', server.template), 600_000)
  } finally {
    await stop()
  }
}

const readForAMinute = async () => {
  const args = ['--expose-gc', '--import', 'tsx', 'lib/testing/processes/statement-process.ts', 'reads', '60']
  const { stdout } = await promisify(execFile)(process.execPath, args)
  print(`a minute of reads under forced garbage collection: ${stdout.trim()}, no abort`)
}

await readForAMinute()
await killMany(kills, false)
await killMany(Math.ceil(kills / 3), true)
await raceOnBoth()
print(`\nan hour without the provider: ${JSON.stringify(await simulateOutage(10_000))}`)
