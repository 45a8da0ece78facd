import assert from 'node:assert/strict'
import { createBulkTenants } from './bulk-tenants.ts'
import { openTestApp } from './test-app.ts'

const minute = 60_000
const unlimited = 1_000_000

/**
 * The provider answers nobody for an hour, and then everybody: everyone is back without a person.
 *
 * @returns what was counted
 */
export const simulateOutage = async (size: number) => {
  const testApp = await openTestApp()
  const began = performance.now()
  const bulkTenants = await createBulkTenants(testApp, size)
  const gathered = performance.now()
  try {
    await testApp.control.script({}, [{ status: 503, times: unlimited }])
    testApp.clock.move(48 * minute)
    const { refreshDueTokens } = testApp.app
    const probes: number[] = []
    for (let elapsed = 0; elapsed < 60; elapsed += 1) {
      const before = (await bulkTenants.refreshes()).length
      // three rounds a minute, as if from three processes; callers ask too
      for (let rounds = 0; rounds < 3; rounds += 1) {
        await refreshDueTokens.sweep()
        await refreshDueTokens.refreshDue()
      }
      const [tenantId] = bulkTenants.tenants
      if (tenantId)
        await testApp.app.getAccessToken.obtain({ tenantId, provider: 'teamleader', minTtlMs: 0 }).catch(() => {})
      probes.push((await bulkTenants.refreshes()).length - before)
      testApp.clock.move(minute)
    }
    const outages = (await bulkTenants.events('outage.opened')).length
    const during = {
      outages,
      countsByState: await bulkTenants.countsByState(),
      incidents: (await bulkTenants.incidents()).length,
    }
    const asked = (await bulkTenants.refreshes()).length

    await testApp.control.script({ clientId: bulkTenants.integration.clientId }, [{ on: 'token', times: unlimited }])
    const down = performance.now()
    let minutes = 0
    for (; minutes < 30; minutes += 1) {
      await testApp.work()
      if ((await bulkTenants.countsByState()).connected === size && minutes > 0) break
      testApp.clock.move(minute)
    }
    const back = performance.now()
    const rest = await bulkTenants.countsByState()
    assert.deepEqual(rest, { connected: size })
    assert.equal(during.countsByState.reconnect_required, undefined)
    assert.equal(during.outages, 1)
    assert.equal(during.incidents, 0)
    assert.deepEqual(await bulkTenants.incidents(), [])
    // the first minute finds out; then one probe a minute
    assert.ok(Math.max(...probes.slice(2)) <= 1, `probes: ${probes}`)
    const refreshed = (await bulkTenants.refreshes()).filter(({ committed }) => committed).length
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
    await bulkTenants.close()
    await testApp.close()
  }
}
