import assert from 'node:assert/strict'
import BetterSqlite3 from 'better-sqlite3'
import type { Step } from '#lib/sandbox/control/script.ts'
import type { JournalEntry } from '#lib/sandbox/request-journal.ts'
import { type Cluster, type ClusterProcess, openCluster } from './cluster.ts'
import { expectDurable } from './durability.ts'
import { type KillPlace, placeOf } from './kill-place.ts'

type Places = Partial<Record<KillPlace, number>>

export interface KillReport {
  refreshes: number
  /** Pairs that the provider had issued and that died with the process; each was named. */
  namedLosses: number
  /** Where the kills fell whose moment was chance. */
  atRandom: Places
  /** Where those fell that waited for a step of the provider. */
  atSteps: Places
  seconds: number
}

const day = 24 * 3_600_000

/** The provider stands still before or after its work, and the process is killed as soon as its journal shows that. */
const steps: { script: Step; reached: (request: JournalEntry) => boolean }[] = [
  { script: { delay_before: 500 }, reached: ({ committed }) => !committed },
  { script: { delay_after: 500 }, reached: ({ committed, status }) => committed && status === null },
]

/** What a killed process left behind. */
interface Left {
  tokenSetId: string
  version: number
  /** The fingerprint of its refresh token. */
  token: string
  place: KillPlace
  /** The provider had spent its refresh token and will not let it pass again. */
  lost: boolean
}

const expectWhole = (databaseUrl: string) => {
  // a client that dies cannot break the files of PostgreSQL
  if (!databaseUrl.startsWith('file:')) return
  const client = new BetterSqlite3(databaseUrl.slice('file:'.length))
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

const killAtRandom = (victim: ClusterProcess) => victim.killIn(Math.random() * 120)

const killAtStep = async (cluster: Cluster, victim: ClusterProcess, { script, reached }: (typeof steps)[number]) => {
  const asked = (await cluster.refreshes()).length
  await cluster.script([script])
  const scripted = Object.keys(script)
  await cluster.until(async () =>
    (await cluster.refreshes())
      .slice(asked)
      .some((request) => request.scripted.some((verb) => scripted.includes(verb)) && reached(request)),
  )
  await victim.kill()
}

/** What is left of a process that was killed while it refreshed, once nothing of it is under way any more. */
const examine = async (cluster: Cluster, victim: ClusterProcess, grace: boolean): Promise<Left> => {
  const atDeath = await cluster.refreshes()
  await victim.settled()
  const requests = await cluster.refreshes()
  const { set } = await cluster.row()
  const { ours } = await cluster.fingerprints()
  const ofOurs = ({ token }: JournalEntry) => token === ours
  const sent = requests.some(ofOurs)
  if (sent) assert.equal(set.intentFingerprint?.slice(0, 16), ours, 'a request left before its intent was durable')
  const spent = requests.some((request) => ofOurs(request) && request.committed)
  const place = placeOf(set, atDeath.findLast(ofOurs) ?? (sent ? null : undefined))
  return { tokenSetId: set.id, version: set.generation, token: ours, place, lost: spent && !grace }
}

/** The next process, for which token and lease of the last one are over, settles what was left. */
const replace = async (cluster: Cluster, left: Left) => {
  await cluster.expire()
  await cluster.endLease()
  const next = await cluster.start()
  await next.sweep()
  const [given] = await next.obtain(cluster.tenantId)
  const asked = (await cluster.refreshes()).filter(({ token }) => token === left.token)
  assert.equal(given?.failure, left.lost ? 'reconnect_required' : null, JSON.stringify({ left, asked }))
  await expectResolved(cluster, left)
  if (left.lost) await cluster.reconnect()
  return next
}

/**
 * A process refreshes without end and is killed with SIGKILL, again and again, on one database; the next process settles
 * what it finds before it is killed in turn. Every second kill comes at a random moment, every other at a chosen step.
 *
 * @param grace whether the provider lets a spent refresh token pass: then nothing at all may be lost
 * @param onKill told after each kill that was settled
 * @throws when anything was lost silently, or stands otherwise than the journals say
 */
export const killLoop = async (
  databaseUrl: string,
  { kills, grace, onKill = () => {} }: { kills: number; grace: boolean; onKill?: () => void },
): Promise<KillReport> => {
  const cluster = await openCluster(databaseUrl)
  const report: KillReport = { refreshes: 0, namedLosses: 0, atRandom: {}, atSteps: {}, seconds: 0 }
  const began = performance.now()
  try {
    await expectDurable(cluster.db, databaseUrl)
    // far longer than a run: how soon the next process starts on a busy machine is not what is tested
    await cluster.script([{ grace: grace ? day : 0 }])
    let victim = await cluster.start()
    for (let kill = 0; kill < kills; kill += 1) {
      victim.churn(cluster.tenantId)
      const warm = (await cluster.refreshes()).length + 2 + Math.random() * 8
      await cluster.until(async () => (await cluster.refreshes()).length > warm)
      const step = kill % 2 === 0 ? undefined : steps[((kill - 1) / 2) % steps.length]
      await (step ? killAtStep(cluster, victim, step) : killAtRandom(victim))
      const left = await examine(cluster, victim, grace)
      const places = step ? report.atSteps : report.atRandom
      places[left.place] = (places[left.place] ?? 0) + 1
      if (left.lost) report.namedLosses += 1
      expectWhole(databaseUrl)
      victim = await replace(cluster, left)
      onKill()
    }
    const { max_token_requests_in_flight: most } = await cluster.control.journal(cluster.integration.clientId)
    assert.equal(most, 1, 'two requests were under way at once')
    report.refreshes = (await cluster.refreshes()).length
    report.seconds = (performance.now() - began) / 1000
    return report
  } finally {
    await cluster.close()
  }
}
