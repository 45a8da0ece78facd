import assert from 'node:assert/strict'
import { gatherCrowd } from './bulk-tenants.ts'
import { openOffice } from './test-app.ts'

const minute = 60_000
const everSo = 1_000_000

/**
 * The provider answers nobody for an hour, and then everybody: everyone is back without a person.
 *
 * @returns what was counted
 */
export const hourOfOutage = async (size: number) => {
  const office = await openOffice()
  const began = performance.now()
  const crowd = await gatherCrowd(office, size)
  const gathered = performance.now()
  try {
    await office.control.script({}, [{ status: 503, times: everSo }])
    office.clock.move(48 * minute)
    const { refreshDueTokens } = office.app
    const probes: number[] = []
    for (let elapsed = 0; elapsed < 60; elapsed += 1) {
      const before = (await crowd.refreshes()).length
      // three rounds a minute, as if from three processes; callers knock too
      for (let rounds = 0; rounds < 3; rounds += 1) {
        await refreshDueTokens.sweep()
        await refreshDueTokens.refreshDue()
      }
      const [tenantId] = crowd.tenants
      if (tenantId)
        await office.app.getAccessToken.obtain({ tenantId, provider: 'teamleader', minTtlMs: 0 }).catch(() => {})
      probes.push((await crowd.refreshes()).length - before)
      office.clock.move(minute)
    }
    const outages = (await crowd.events('outage.opened')).length
    const during = { outages, countsByState: await crowd.countsByState(), incidents: (await crowd.incidents()).length }
    const asked = (await crowd.refreshes()).length

    await office.control.script({ clientId: crowd.integration.clientId }, [{ on: 'token', times: everSo }])
    const down = performance.now()
    let minutes = 0
    for (; minutes < 30; minutes += 1) {
      await office.work()
      if ((await crowd.countsByState()).connected === size && minutes > 0) break
      office.clock.move(minute)
    }
    const back = performance.now()
    const rest = await crowd.countsByState()
    assert.deepEqual(rest, { connected: size })
    assert.equal(during.countsByState.reconnect_required, undefined)
    assert.equal(during.outages, 1)
    assert.equal(during.incidents, 0)
    assert.deepEqual(await crowd.incidents(), [])
    // the first minute finds out; then one probe a minute
    assert.ok(Math.max(...probes.slice(2)) <= 1, `probes: ${probes}`)
    const refreshed = (await crowd.refreshes()).filter(({ committed }) => committed).length
    assert.ok(refreshed >= size)
    return {
      connections: size,
      callsInTheHour: asked,
      minutesToRecover: minutes,
      gatherS: (gathered - began) / 1000,
      outageS: (down - gathered) / 1000,
      recoveryS: (back - down) / 1000,
    }
  } finally {
    await crowd.close()
    await office.close()
  }
}
