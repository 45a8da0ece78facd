import assert from 'node:assert/strict'
import type { Cluster } from './cluster.ts'
import type { TokenProcess } from './token-driver.ts'

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
