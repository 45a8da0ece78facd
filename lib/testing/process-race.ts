import { expect } from 'vitest'
import type { Fleet } from './fleet.ts'
import type { TokenProcess } from './token-driver.ts'

/** At the end of a token both processes ask for it, two hundred callers each: one call, and one token for all. */
export const raceOnce = async (fleet: Fleet, processes: TokenProcess[], callers = 200) => {
  const before = (await fleet.refreshes()).length
  const { set } = await fleet.row()
  await fleet.expire()
  const answers = await Promise.all(processes.map((process) => process.obtain(fleet.tenantId, callers)))
  const given = answers.flat()
  expect(given.filter(({ failure }) => failure !== null)).toEqual([])
  expect(given).toHaveLength(callers * processes.length)
  expect(new Set(given.map(({ token }) => token)).size).toBe(1)
  expect(new Set(given.map(({ version }) => version))).toEqual(new Set([set.generation + 1]))
  expect((await fleet.refreshes()).length - before).toBe(1)
  const { ours, live } = await fleet.fingerprints()
  expect(live).toContain(ours)
  expect((await fleet.control.journal(fleet.integration.clientId)).max_token_requests_in_flight).toBe(1)
}
