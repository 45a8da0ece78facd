import '#lib/commands/require-node.mjs'

import { minuteMs } from '#lib/domain/duration.ts'
import { openTestApp } from '../app/test-app.ts'
import { keepFilesInMemory } from '../memory-folder.ts'
import { copiedTenant, differences, pass, settle, verify } from '../sync/copied-tenant.ts'

/**
 * `npm run test:sync`, or this file with a number of records: copies two large lists while they change, under the provider's
 * real limit, compares every stored field, and prints what it cost. Ends with status 1 when anything is wrong.
 */

const count = Number(process.argv[2] ?? 50_000)
const lists = ['companies', 'contacts'] as const

/** What the provider allows in a minute, and of that what the copy takes while nobody else calls; its clock goes on likewise. */
const [allowed, taken] = [200, 190]
const callMs = Math.floor(minuteMs / taken)

keepFilesInMemory()

const testApp = await openTestApp()
let failed = false
const say = (line: string, ok = true) => {
  process.stdout.write(`${ok ? 'ok  ' : 'FAIL'} ${line}\n`)
  failed ||= !ok
}

try {
  const records = testApp.records()
  for (const burst of [1, 100]) {
    records.seed({ companies: count, contacts: count, seed: burst, burst })
    const { admin, clientId } = await copiedTenant(testApp, { rate_limit: allowed, clock_per_call_ms: callMs })
    const calls = async () => {
      const seen = await Promise.all(lists.map((list) => testApp.calls(clientId, `${list}.list`)))
      return seen.reduce((sum, one) => sum + one, 0)
    }
    for (const list of lists) records.storm(list, { seed: burst })
    // counted there when the first copy has reached its end: the proof and the checks come later
    const [started, beganMs] = [performance.now(), testApp.clock.now().getTime()]
    let [firstCalls, firstMs, rounds] = [0, 0, 0]
    await settle(testApp, async () => {
      rounds += 1
      if (firstCalls > 0 || rounds % 10 > 0) return false
      const status = await testApp.app.store.sync.status(admin.tenantId)
      if (!lists.every((id) => status.find(({ list }) => list === id)?.completeAt)) return false
      firstCalls = await calls()
      firstMs = testApp.clock.now().getTime() - beganMs
      return false
    })
    const seconds = Math.round((performance.now() - started) / 1000)
    const ratio = firstCalls / ((2 * count) / 100)
    const limit = burst === 1 ? 1.1 : 2
    say(
      `up to ${burst} a second: ${firstCalls} calls, ${ratio.toFixed(3)} of records / 100, in ${seconds} s`,
      ratio <= limit,
    )
    const pace = firstMs / ((firstCalls * minuteMs) / taken)
    say(
      `${Math.round(firstMs / 1000)} s by the moved clock, ${pace.toFixed(3)} of ${taken} calls a minute`,
      pace <= 1.05,
    )
    for (const list of lists) records.storm(list, null)
    await pass(testApp, 10 * minuteMs)
    for (const list of lists) {
      await verify(testApp, admin, list)
      const { lost, extra, different } = await differences(testApp, admin, list)
      say(
        `${list}: ${lost.length} lost, ${extra.length} that are gone, ${different.length} different`,
        lost.length + extra.length + different.length === 0,
      )
    }
    const before = await calls()
    await pass(testApp, 6 * minuteMs)
    await settle(testApp)
    const idle = (await calls()) - before
    say(`an idle run of two lists: ${idle} calls`, idle <= 2)
    const refused = (await testApp.control.journal(clientId)).requests.filter(({ status }) => status === 429)
    say(`${refused.length} calls refused by a limit of ${allowed} a minute`, refused.length === 0)
    for (const list of lists) await testApp.app.controlSync.stop(admin, list)
  }
} finally {
  await testApp.close()
}
process.exitCode = failed ? 1 : 0
