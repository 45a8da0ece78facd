import assert from 'node:assert/strict'
import type { Cluster } from './cluster.ts'
import type { TokenProcess } from './token-driver.ts'

const day = 24 * 3_600_000

/** At the end of a token both processes ask for it, two hundred callers each: one call, and one token for all. */
export const raceOnce = async (cluster: Cluster, processes: TokenProcess[], callers = 200) => {
  const before = (await cluster.refreshes()).length
  const { set } = await cluster.row()
  await cluster.expire()
  const answers = await Promise.all(processes.map((process) => process.obtain(cluster.tenantId, callers)))
  const given = answers.flat()
  assert.deepEqual(
    given.filter(({ failure }) => failure !== null),
    [],
  )
  assert.equal(given.length, callers * processes.length)
  assert.equal(new Set(given.map(({ token }) => token)).size, 1, 'two tokens were given')
  assert.deepEqual([...new Set(given.map(({ version }) => version))], [set.generation + 1])
  assert.equal((await cluster.refreshes()).length - before, 1, 'not one call')
  const { ours, live } = await cluster.fingerprints()
  assert.ok(live.includes(ours), 'our refresh token is not the provider’s')
  assert.equal((await cluster.control.journal(cluster.integration.clientId)).max_token_requests_in_flight, 1)
}

/**
 * Frozen with its answer, for longer than its lease, while the other gets two newer pairs: what it then wants to store
 * changes nothing that is newer.
 */
export const raceLate = async (cluster: Cluster, frozen: TokenProcess, other: TokenProcess) => {
  const { set } = await cluster.row()
  const asked = (await cluster.refreshes()).length
  await cluster.script([{ grace: day }, { delay_after: 500 }])
  await cluster.expire()
  const late = frozen.obtain(cluster.tenantId)
  await cluster.until(async () => (await cluster.refreshes()).slice(asked).some(({ committed }) => committed))
  frozen.signal('SIGSTOP')
  // answered, so that the two do not ask at once
  await cluster.until(async () => (await cluster.refreshes()).every(({ delivered }) => delivered !== null))
  await cluster.endLease()
  for (const version of [set.generation + 1, set.generation + 2]) {
    await cluster.expire()
    assert.deepEqual(
      (await other.obtain(cluster.tenantId)).map((given) => [given.version, given.failure]),
      [[version, null]],
    )
  }
  const { set: before } = await cluster.row()
  frozen.signal('SIGCONT')
  const [given] = await late
  assert.deepEqual([given?.version, given?.failure], [before.generation, null])
  const { set: after, connection } = await cluster.row()
  assert.deepEqual(after, before, 'a late answer changed what is newer')
  assert.equal(connection.state, 'connected')
  const dropped = (await cluster.events()).filter(({ event }) => event === 'token.dropped')
  assert.ok(dropped.length > 0, 'nothing tells that a pair was dropped')
  await cluster.script([{ grace: 0 }])
}
