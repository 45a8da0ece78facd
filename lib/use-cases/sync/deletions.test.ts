import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { dayMs, minuteMs } from '#lib/domain/duration.ts'
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
