import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { dayMs, hourMs, minuteMs } from '#lib/domain/duration.ts'
import type { ClaimedList } from '#lib/ports/sync.ts'
import { jeanBaptiste } from '#lib/sandbox/teamleader/seeds.ts'
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

describe('a run', () => {
  it('makes one call a list when nothing changed', async () => {
    const { clientId } = await copied()
    const before = await testApp.calls(clientId, 'companies.list')
    await pass(testApp, 6 * minuteMs)
    await settle(testApp)
    expect((await testApp.calls(clientId, 'companies.list')) - before).toBe(1)
  })

  it('costs no write for what comes again unchanged', async () => {
    const { admin } = await copied()
    testApp.records().companies.edit(small.draw(3), { name: 'Renommée SRL' })
    await pass(testApp, 6 * minuteMs)
    await settle(testApp)
    expect((await statusOf(admin)).lastChange?.tally).toMatchObject({ added: 0, changed: 3, deleted: 0 })
    expect(await differences(testApp, admin, 'companies')).toEqual(equal)
  })

  it('is made every five minutes, and proves the copy complete', async () => {
    const { admin } = await copied()
    const { completeAt, provenAt, dueAt, phase, failure } = await statusOf(admin)
    expect([phase, failure]).toEqual([null, null])
    expect(provenAt).not.toBeNull()
    expect((dueAt?.getTime() ?? 0) - (completeAt?.getTime() ?? 0)).toBeLessThanOrEqual(5 * minuteMs)
    expect(await testApp.journal(admin)).toContain('sync.completed ok')
  })
})

describe('a provider that overlooks what it is asked', () => {
  it.each<[string[], string]>([
    [['filter.updated_since'], 'the filter of a run'],
    [['filter.ids'], 'known ids'],
    [['page'], 'pages'],
    [['page.number'], 'the number of a page'],
  ])('%j: nothing is deleted, and it is not asked again and again', async (ignored) => {
    const { admin, clientId } = await copied()
    await testApp.control.turn({ clientId }, { ignored })
    // a second of 300: its pages are asked for
    testApp.records().companies.add(300)
    await pass(testApp, 6 * minuteMs)
    const pages = await verify(testApp, admin, 'companies')
    expect(pages).toBeLessThan(100)
    const { failure, records, dueAt } = await statusOf(admin)
    expect(failure).toBe('filter_ignored')
    expect(records).toBeGreaterThanOrEqual(250)
    expect((dueAt?.getTime() ?? 0) - testApp.clock.now().getTime()).toBeGreaterThan(hourMs)
    // it can be asked properly again
    await testApp.control.turn({ clientId }, { ignored: [] })
    await verify(testApp, admin, 'companies')
    expect((await statusOf(admin)).failure).toBeNull()
    expect(await differences(testApp, admin, 'companies')).toEqual(equal)
  })
})

it('the order of a run that is overlooked is noticed at its first page', async () => {
  const { admin } = await copied({ ignored: ['sort'] })
  expect(await statusOf(admin)).toMatchObject({ failure: 'filter_ignored', records: 0 })
})

describe('a lost right', () => {
  it('pauses its list alone, and deletes nothing', async () => {
    const { admin, clientId } = await copied()
    await testApp.control.turn({ clientId }, { forbidden: ['contacts'] })
    testApp.records().companies.add(5)
    await pass(testApp, 6 * minuteMs)
    await settle(testApp)
    expect(await statusOf(admin, 'contacts')).toMatchObject({ failure: 'read_forbidden', records: 30 })
    expect(await statusOf(admin)).toMatchObject({ failure: null, records: 255 })
    await testApp.control.turn({ clientId }, { forbidden: [] })
    await pass(testApp, dayMs + hourMs)
    await settle(testApp)
    expect((await statusOf(admin, 'contacts')).failure).toBeNull()
  })
})

describe('what passes', () => {
  it('is tried again later; the last success stays', async () => {
    const { admin, clientId } = await copied()
    const { completeAt } = await statusOf(admin)
    await testApp.control.script({ clientId }, [{ on: 'companies.list', status: 503, times: 3 }])
    await pass(testApp, 6 * minuteMs)
    await settle(testApp)
    expect(await statusOf(admin)).toMatchObject({ failure: 'provider_unavailable', completeAt })
    for (let minutes = 0; minutes < 5; minutes += 1) {
      await pass(testApp, minuteMs)
      await settle(testApp)
    }
    expect(await statusOf(admin)).toMatchObject({ failure: null, attempts: 0 })
  })

  it('a refused token is refreshed once, and the page read', async () => {
    const { admin, clientId } = await copied()
    await testApp.control.script({ clientId }, [
      { on: 'companies.list', status: 401, body: { errors: [{ title: 'Access token expired', status: 401 }] } },
    ])
    await pass(testApp, 6 * minuteMs)
    await settle(testApp)
    expect(await statusOf(admin)).toMatchObject({ failure: null })
    expect(await testApp.journal(admin)).toContain('token.refreshed ok')
  })
})

describe('a connection', () => {
  it('that is paused pauses its copies; they go on when it does', async () => {
    const { admin, clientId } = await copied()
    await testApp.app.switchConnection(admin, 'teamleader', false)
    testApp.records().companies.add(5)
    await pass(testApp, 6 * minuteMs)
    const before = await testApp.calls(clientId, 'companies.list')
    await settle(testApp)
    await pass(testApp, hourMs)
    await settle(testApp)
    expect(await testApp.calls(clientId, 'companies.list')).toBe(before)
    expect(await statusOf(admin)).toMatchObject({ dueAt: null, records: 250, failure: null })
    await testApp.app.switchConnection(admin, 'teamleader', true)
    await settle(testApp)
    expect((await statusOf(admin)).records).toBe(255)
  })

  it('to another account begins the copy anew, once somebody said so', async () => {
    const { admin, integration } = await testApp.connected()
    await settle(testApp)
    const before = await statusOf(admin)
    const nonce = 'n'.repeat(43)
    const state = await testApp.app.startAuthorization.begin(admin, 'teamleader', nonce)
    const code = await testApp.code(integration.clientId, testApp.callback, jeanBaptiste.email)
    await testApp.app.handleCallback.withCode({ provider: 'teamleader', state, nonce, user: admin }, code)
    await pass(testApp, 6 * minuteMs)
    await settle(testApp)
    expect((await statusOf(admin)).records).toBe(before.records)
    const { candidate } = await testApp.view(admin)
    const accountId = candidate?.account?.id ?? ''
    await testApp.app.confirmCandidate(admin, 'teamleader', candidate?.id ?? '', { kind: 'accept', accountId })
    await pass(testApp, 6 * minuteMs)
    await settle(testApp)
    const theirs = testApp.records(jeanBaptiste.account.id).all('companies')
    const known = await testApp.app.store.sync.known(admin.tenantId, 'companies', [...theirs.keys()])
    expect([known.length, (await statusOf(admin)).records]).toEqual([theirs.size, theirs.size])
    expect(await testApp.journal(admin)).toContain('sync.account_replaced ok')
  })
})

describe('« Arrêter »', () => {
  it('holds until somebody asks for a run, and discards the page in flight', async () => {
    const { admin } = await copied()
    testApp.records().companies.add(5)
    await pass(testApp, 6 * minuteMs)
    const claimed = await testApp.app.store.sync.claimDue(100, minuteMs, testApp.clock.now())
    await testApp.app.controlSync.stop(admin, 'companies')
    for (const list of claimed) await testApp.app.copies.readPage(list)
    await pass(testApp, hourMs)
    await settle(testApp)
    expect(await statusOf(admin)).toMatchObject({ records: 250, stopped: { by: expect.any(String) }, dueAt: null })
    await testApp.app.controlSync.request(admin, 'companies')
    await settle(testApp)
    expect(await statusOf(admin)).toMatchObject({ records: 255, stopped: null })
    expect(await testApp.journal(admin)).toEqual(expect.arrayContaining(['sync.stopped ok', 'sync.requested ok']))
  })
})

describe('two workers', () => {
  it('cannot store an old page over a newer one', async () => {
    const { admin } = await copied()
    testApp.records().companies.add(5)
    let frozen: ClaimedList[] = []
    // a page that waited for its turn in the minute may be claimed by the worker's own timer first
    while (frozen.length === 0) {
      await pass(testApp, 6 * minuteMs)
      frozen = await testApp.app.store.sync.claimDue(100, minuteMs, testApp.clock.now())
    }
    testApp.clock.pass(minuteMs + 1)
    await settle(testApp)
    const [after, there] = [await statusOf(admin), await testApp.app.store.sync.find(admin.tenantId, 'companies')]
    for (const list of frozen) await testApp.app.copies.readPage(list)
    expect(await statusOf(admin)).toEqual(after)
    expect(await testApp.app.store.sync.find(admin.tenantId, 'companies')).toEqual(there)
  })
})
