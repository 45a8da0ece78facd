import '#lib/commands/require-node.mjs'

import { execFile } from 'node:child_process'
import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { promisify } from 'node:util'
import { simulateOutage } from '../app/outage-scenario.ts'
import { crashPostgres, fillDisk } from '../app/real-outages.ts'
import { createDatabase } from '../database/postgres-databases.ts'
import { startPostgres } from '../database/postgres-server.ts'
import { openCluster } from '../processes/cluster.ts'
import { type KillReport, killLoop } from '../processes/kill-loop.ts'
import { killPlaces } from '../processes/kill-place.ts'
import { raceLate, raceOnce } from '../processes/process-race.ts'
import { killAtEveryPage } from '../sync/killed-copy.ts'

/** `npm run test:crash [kills]`: what takes too long for `npm test`. Ends with status 1 at the first thing that is wrong. */

const kills = Number(process.argv[2] ?? 150)
if (!Number.isSafeInteger(kills) || kills < 1) throw new Error('npm run test:crash [how many kills]')

/** The sandbox's journal grows with every request and is read all the time. */
const perCluster = 25
const rounds = 50
const lateRounds = 5
/** 200 pages, and what changes meanwhile. */
const copied = 20_000

/**
 * Of the kills at a random moment, how many may fall between the answer and its commit: nothing can save that pair, so
 * whatever makes this time longer is a fault. Fewer kills than this say nothing about it.
 */
const mostUnstored = 0.6
const leastKills = 40

type Databases = { name: string; open(): Promise<string> }

const print = (line: string) => void process.stdout.write(`${line}\n`)

const printPlaces = (name: string, places: KillReport['atRandom']) => {
  const total = Object.values(places).reduce((sum, count) => sum + count, 0)
  print(`  ${name}: ${total}`)
  for (const place of killPlaces) {
    const count = places[place] ?? 0
    print(`    ${place.padEnd(26)} ${String(count).padStart(4)} ${'#'.repeat(Math.ceil((count * 60) / (total || 1)))}`)
  }
  return total
}

const killMany = async ({ name, open }: Databases, wanted: number, grace: boolean) => {
  const total: KillReport = { refreshes: 0, namedLosses: 0, atRandom: {}, atSteps: {}, seconds: 0 }
  const what = `${name}, ${grace ? 'with' : 'without'} grace`
  print(`\n${what}: ${wanted} kills`)
  let killed = 0
  const onKill = () => {
    killed += 1
    if (killed % 10 === 0) print(`  ${killed} of ${wanted}`)
  }
  while (killed < wanted) {
    const part = await killLoop(await open(), { kills: Math.min(perCluster, wanted - killed), grace, onKill })
    total.refreshes += part.refreshes
    total.namedLosses += part.namedLosses
    total.seconds += part.seconds
    for (const when of ['atRandom', 'atSteps'] as const)
      for (const place of killPlaces) total[when][place] = (total[when][place] ?? 0) + (part[when][place] ?? 0)
  }
  print(`${what}: killed ${killed} times, ${total.refreshes} refreshes, ${total.seconds.toFixed(0)} s`)
  const random = printPlaces('at a random moment', total.atRandom)
  printPlaces('at a step of the provider', total.atSteps)
  print(`  lost silently 0, lost and named ${total.namedLosses}, databases broken 0`)
  if (grace && total.namedLosses > 0) throw new Error('pairs were lost although the provider gave grace')
  const share = (total.atRandom['delivered, not stored'] ?? 0) / random
  if (random >= leastKills && share > mostUnstored)
    throw new Error(`${(share * 100).toFixed(0)} % of the kills fell between an answer and its commit`)
}

const race = async ({ name, open }: Databases, skewMs: number) => {
  const cluster = await openCluster(await open())
  try {
    const [one, other] = [await cluster.start(), await cluster.start(skewMs)]
    const began = performance.now()
    for (let round = 0; round < rounds; round += 1) await raceOnce(cluster, [one, other])
    // nobody loses waiting time with a provider that thinks for long
    await cluster.script([{ delay_before: 15_000 }])
    await raceOnce(cluster, [one, other])
    const seconds = ((performance.now() - began) / 1000).toFixed(1)
    print(
      `${name}: ${rounds + 1} rounds of 2 x 200 callers in ${seconds} s, one call each, clocks ${skewMs / 60_000} min apart`,
    )
    for (let round = 0; round < lateRounds; round += 1) await raceLate(cluster, one, other)
    print(`${name}: ${lateRounds} late answers of a frozen process, each dropped`)
  } finally {
    await cluster.close()
  }
}

const killCopies = async ({ name, open }: Databases) => {
  print(`\n${name}: a copy of ${copied} records, killed before and after every page`)
  const onKill = (kills: number) => {
    if (kills % 50 === 0) print(`  ${kills} kills`)
  }
  const { kills, pages } = await killAtEveryPage(await open(), { records: copied, seed: 1, onKill })
  print(`${name}: ${kills} kills at ${pages} pages, the copy equals its provider`)
}

const readForAMinute = async () => {
  const args = ['--expose-gc', '--import', 'tsx', 'lib/testing/processes/statement-process.ts', 'reads', '60']
  const { stdout } = await promisify(execFile)(process.execPath, args)
  print(`a minute of reads under forced garbage collection: ${stdout.trim()}, no abort`)
}

/** The storage goes away while pairs are in flight. */
const loseStorages = async () => {
  const pairs = 30
  const isRoot = process.getuid?.() === 0
  if (isRoot) print(`disk full for 33 s: ${JSON.stringify(await fillDisk(pairs, 33_000))}, none lost`)
  else print('disk full: left out, since mounting a small one needs root')
  for (const seconds of [15, 60])
    print(`PostgreSQL away for ${seconds} s: ${JSON.stringify(await crashPostgres(pairs, seconds * 1000))}, none lost`)
}

const folder = await mkdtemp(join(tmpdir(), 'porte-cles-crash-'))
const server = await startPostgres()
let opened = 0
const sqlite: Databases = { name: 'SQLite', open: async () => `file:${join(folder, `${++opened}.db`)}` }
const postgres: Databases = {
  name: 'PostgreSQL',
  open: () => createDatabase(server.url, `crash_${process.pid}_${++opened}`),
}
try {
  for (const databases of [sqlite, postgres]) {
    await killMany(databases, kills, false)
    await killMany(databases, Math.ceil(kills / 3), true)
    await killCopies(databases)
  }
  await loseStorages()
  print('')
  await race(sqlite, 0)
  await race(postgres, 600_000)
  await readForAMinute()
  print(`\nan hour without the provider: ${JSON.stringify(await simulateOutage(10_000))}`)
} catch (error) {
  process.exitCode = 1
  process.stderr.write(`${error instanceof Error ? error.stack : String(error)}\n`)
} finally {
  await server.stop()
  await rm(folder, { recursive: true, force: true })
}
