import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { dayMs, hourMs, minuteMs } from '#lib/domain/duration.ts'
import { openTestApp, type TestApp } from '#lib/testing/app/test-app.ts'
import { differences, equal, pass, settle, verify } from '#lib/testing/sync/copied-tenant.ts'
import { type SmallCopies, smallCopies } from '#lib/testing/sync/small-copy.ts'

let testApp: TestApp
let small: SmallCopies
beforeAll(async () => {
  testApp = await openTestApp()
  small = smallCopies(testApp)
})
afterAll(() => testApp.close())

const copied: SmallCopies['copied'] = (switches) => small.copied(switches)
const statusOf: SmallCopies['statusOf'] = (...of) => small.statusOf(...of)

describe('deletions', () => {
  it('are found by known ids, and confirmed one by one', async () => {
    const { admin, clientId } = await copied()
    const gone = small.draw(7)
    testApp.records().companies.remove(gone)
    await verify(testApp, admin, 'companies')
    expect(await differences(testApp, admin, 'companies')).toEqual(equal)
    expect(await testApp.calls(clientId, 'companies.info')).toBe(7)
    const tombstones = await testApp.app.store.sync.known(admin.tenantId, 'companies', gone)
    expect(tombstones).toHaveLength(7)
    expect(tombstones.every(({ deleted, digest }) => deleted && digest === '')).toBe(true)
  })

  it('are found by themselves within some hours', async () => {
    const { admin } = await copied()
    testApp.records().companies.remove(small.draw(3))
    for (let count = 0; count < 6; count += 1) {
      await pass(testApp, 20 * minuteMs)
      await settle(testApp)
    }
    expect(await differences(testApp, admin, 'companies')).toEqual(equal)
  })

  it('are looked for with two calls a minute of an account, whatever number of lists it has', async () => {
    const { admin, clientId } = await small.copied({}, { companies: 1_100, contacts: 1_100 })
    await pass(testApp, hourMs)
    await settle(testApp)
    const lists = ['companies', 'contacts'] as const
    const calls = async () => {
      const each = await Promise.all(lists.map((list) => testApp.calls(clientId, `${list}.list`)))
      return each.reduce((sum, one) => sum + one, 0)
    }
    const runs = new Set<string>()
    const noteRuns = async () => {
      for (const list of lists) runs.add(`${list} ${(await statusOf(admin, list)).completeAt?.getTime()}`)
    }
    await noteRuns()
    const [before, minutes] = [await calls(), 10]
    for (let passedMs = 0; passedMs < minutes * minuteMs; passedMs += 10_000) {
      await pass(testApp, 10_000)
      await testApp.app.copies.readDue()
      await noteRuns()
    }
    // an idle run is one call
    const trickled = (await calls()) - before - (runs.size - lists.length)
    expect(trickled).toBeLessThanOrEqual(2 * minutes)
    expect(trickled).toBeGreaterThanOrEqual(2 * (minutes - 1) - 2)
  })

  it('of many wait for an answer, meanwhile everything is kept', async () => {
    const { admin } = await copied()
    testApp.records().companies.remove(small.draw(60))
    await testApp.app.controlSync.verify(admin, 'companies')
    await settle(testApp)
    const { held, records } = await statusOf(admin)
    expect([held?.count, held?.names.length, records]).toEqual([60, 10, 250])
    await pass(testApp, dayMs)
    await settle(testApp)
    expect((await statusOf(admin)).records).toBe(250)
    await testApp.app.controlSync.answer(admin, 'companies', 'delete')
    await settle(testApp)
    expect(await differences(testApp, admin, 'companies')).toEqual(equal)
    expect(await statusOf(admin)).toMatchObject({ held: null, records: 190 })
    expect(await testApp.journal(admin)).toEqual(
      expect.arrayContaining(['sync.deletion_held ok', 'sync.deletion_answered ok']),
    )
  })

  it('that somebody keeps are asked about no more, and stand outside the proof', async () => {
    const { admin } = await copied()
    testApp.records().companies.remove(small.draw(60))
    await testApp.app.controlSync.verify(admin, 'companies')
    await settle(testApp)
    await testApp.app.controlSync.answer(admin, 'companies', 'keep')
    await settle(testApp)
    const { held, provenAt, completeAt, records } = await statusOf(admin)
    expect([held, records]).toEqual([null, 190])
    expect(provenAt).toEqual(completeAt)
    expect((await differences(testApp, admin, 'companies')).extra).toHaveLength(60)
  })

  it('that a short answer pretends are none: one that is there after all stops it', async () => {
    const { admin, clientId } = await copied({})
    await testApp.control.turn({ clientId }, { list_lag_s: 0 })
    const body = { data: [] }
    await testApp.control.script({ clientId }, [
      { on: 'companies.list' },
      { on: 'companies.list', status: 200, body, times: 3 },
    ])
    await testApp.app.controlSync.verify(admin, 'companies')
    await settle(testApp)
    expect(await statusOf(admin)).toMatchObject({ held: null, records: 250, failure: 'filter_ignored' })
  })
})
