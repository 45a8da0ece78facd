import assert from 'node:assert/strict'
import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import BetterSqlite3 from 'better-sqlite3'
import type { Step } from '#lib/sandbox/control/script.ts'
import { type Cluster, openCluster } from './cluster.ts'
import { type KillPlace, placeOf } from './kill-place.ts'
import type { TokenProcess } from './token-driver.ts'

export interface KillReport {
  kills: number
  refreshes: number
  /** Pairs that the provider had issued and that died with the process; each was named. */
  namedLosses: number
  places: Partial<Record<KillPlace, number>>
  seconds: number
}

const jitter = (most: number) => Math.random() * most

/** The provider slow before or after its work, so that kills find the window; or as quick as it is. */
const paces: (() => Step[])[] = [
  () => [],
  () => [{ delay_before: 25, times: 8 }],
  () => [{ delay_after: 25, times: 8 }],
  () => [],
]

const day = 24 * 3_600_000

/** What a killed process left behind. */
interface Left {
  tokenSetId: string
  version: number
  place: KillPlace
  /** The provider had spent its refresh token and will not let it pass again. */
  lost: boolean
}

const expectWhole = (file: string) => {
  const client = new BetterSqlite3(file)
  assert.equal(client.pragma('integrity_check', { simple: true }), 'ok')
  assert.deepEqual(client.pragma('foreign_key_check'), [])
  client.close()
}

/** The state that the next process settled on, against what the provider did and what the journal tells. */
const expectResolved = async (cluster: Cluster, before: Left) => {
  const { set, connection } = await cluster.row()
  assert.equal(set.id, before.tokenSetId)
  assert.ok(set.generation >= before.version, 'the generation fell')
  assert.equal(connection.enabled, true)
  const { ours, live } = await cluster.fingerprints()
  const journal = (await cluster.events())
    .filter(({ event }) => /^token\.(refreshed|refused|failed)$/.test(event))
    .at(-1)
  const connectionStatus = `${connection.state} ${connection.reason}, ${journal?.event} ${journal?.outcome}`
  if (before.lost)
    return assert.equal(connectionStatus, 'reconnect_required lost_response, token.refused lost_response')
  assert.equal(connectionStatus, 'connected null, token.refreshed ok')
  assert.ok(live.includes(ours), 'a pair was lost without a word')
  assert.equal(journal?.detail.generation, set.generation)
}

/** Kills it while it refreshes, and looks at what is left. */
const killAtWork = async (cluster: Cluster, victim: TokenProcess, pace: Step[], grace: boolean): Promise<Left> => {
  const asked = (await cluster.refreshes()).length
  await cluster.script(pace)
  victim.churn(cluster.tenantId)
  // warm, and at work; from here on any moment will do
  const warm = asked + 2 + jitter(8)
  await cluster.until(async () => (await cluster.refreshes()).length > warm)
  await victim.killIn(jitter(120))

  const seen = await cluster.refreshes()
  const { set } = await cluster.row()
  const { ours } = await cluster.fingerprints()
  // what reached the provider had an intent, durable before it left
  if (seen.some(({ token }) => token === ours)) assert.equal(set.intentFingerprint?.slice(0, 16), ours)
  await cluster.until(async () => (await cluster.refreshes()).every(({ status }) => status !== null))
  const spent = (await cluster.refreshes()).some(({ token, committed }) => token === ours && committed)
  const { id: tokenSetId, generation: version } = set
  return { tokenSetId, version, place: placeOf(set, ours, seen), lost: spent && !grace }
}

/**
 * A process refreshes without end and is killed with SIGKILL, again and again, on one SQLite file; the next process settles
 * what it finds before it is killed in turn.
 *
 * @param grace whether the provider lets a spent refresh token pass: then nothing at all may be lost
 * @throws when anything was lost silently, or stands otherwise than the journals say
 */
export const killLoop = async (kills: number, grace: boolean): Promise<KillReport> => {
  const folder = await mkdtemp(join(tmpdir(), 'porte-cles-kills-'))
  const file = join(folder, 'kills.db')
  let offMs = 0
  const cluster = await openCluster(`file:${file}`, { now: () => new Date(Date.now() + offMs) })
  const report: KillReport = { kills, refreshes: 0, namedLosses: 0, places: {}, seconds: 0 }
  const began = performance.now()
  try {
    // far longer than a run: how soon the next process starts on a busy machine is not what is tested
    await cluster.script([{ grace: grace ? day : 0 }])
    let victim = await cluster.start(offMs)
    for (let kill = 0; kill < kills; kill += 1) {
      const left = await killAtWork(cluster, victim, paces[kill % paces.length]?.() ?? [], grace)
      report.places[left.place] = (report.places[left.place] ?? 0) + 1
      expectWhole(file)
      // so far ahead that token and lease of the last process are over, by the clock of the next
      offMs += 1000 * day
      victim = await cluster.start(offMs)
      await victim.sweep()
      const [given] = await victim.obtain(cluster.tenantId)
      assert.equal(given?.failure, left.lost ? 'reconnect_required' : null, left.place)
      await expectResolved(cluster, left)
      if (left.lost) {
        report.namedLosses += 1
        await cluster.reconnect()
      }
    }
    expectWhole(file)
    const { max_token_requests_in_flight: most } = await cluster.control.journal(cluster.integration.clientId)
    assert.equal(most, 1, 'two requests were under way at once')
    report.refreshes = (await cluster.refreshes()).length
    report.seconds = (performance.now() - began) / 1000
    return report
  } finally {
    await cluster.close()
    await rm(folder, { recursive: true, force: true })
  }
}
