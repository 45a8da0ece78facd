import assert from 'node:assert/strict'
import type { Fleet } from './cluster.ts'
import type { TokenProcess } from './token-driver.ts'

/** At the end of a token both processes ask for it, two hundred callers each: one call, and one token for all. */
export const raceOnce = async (fleet: Fleet, processes: TokenProcess[], callers = 200) => {
  const before = (await fleet.refreshes()).length
  const { set } = await fleet.row()
  await fleet.expire()
  const answers = await Promise.all(processes.map((process) => process.obtain(fleet.tenantId, callers)))
  const given = answers.flat()
  assert.deepEqual(
    given.filter(({ failure }) => failure !== null),
    [],
  )
  assert.equal(given.length, callers * processes.length)
  assert.equal(new Set(given.map(({ token }) => token)).size, 1, 'two tokens were given')
  assert.deepEqual([...new Set(given.map(({ version }) => version))], [set.generation + 1])
  assert.equal((await fleet.refreshes()).length - before, 1, 'not one call')
  const { ours, live } = await fleet.fingerprints()
  assert.ok(live.includes(ours), 'our refresh token is not the provider’s')
  assert.equal((await fleet.control.journal(fleet.integration.clientId)).max_token_requests_in_flight, 1)
}
