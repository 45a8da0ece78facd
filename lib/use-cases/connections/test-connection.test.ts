import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import type { Step } from '#lib/sandbox/control/script.ts'
import { type ConnectedTenant, connectedTenant, minute, refusal } from '#lib/testing/app/connected-tenant.ts'
import { openTestApp, type TestApp } from '#lib/testing/app/test-app.ts'

let testApp: TestApp
beforeAll(async () => {
  testApp = await openTestApp()
})
afterAll(() => testApp.close())

const lists = ['companies.list', 'contacts.list', 'departments.list'] as const

/** Each of the three reads meets the step, so many times. */
const onEveryRead = (step: Step, times = 1): Step[] => lists.map((on) => ({ on, times, ...step }))

const refused = { status: 401, body: { errors: [{ title: 'Access token is missing or invalid', status: 401 }] } }

const test = async ({ admin }: ConnectedTenant) => {
  const { reads } = await testApp.app.testConnection(admin, 'teamleader')
  return new Set(reads.map(({ failure }) => failure))
}

describe('a test whose every read is refused', () => {
  it('costs one refresh, and reads again with the new token', async () => {
    const tenant = await connectedTenant(testApp)
    await tenant.script(onEveryRead(refused))
    expect(await test(tenant)).toEqual(new Set([null]))
    expect(await tenant.refreshes()).toHaveLength(1)
    expect(await tenant.status()).toMatchObject({ state: 'connected' })
    expect((await tenant.obtain()).version).toBe(2)
    const events = await testApp.journal(tenant.admin)
    expect(events.slice(-2)).toEqual(['token.refreshed ok', 'connection.tested ok'])
    await tenant.expectSound(2)
  })

  it('of a connection that was revoked says so at once', async () => {
    const tenant = await connectedTenant(testApp)
    await tenant.script([{ revoke: true }])
    expect(await test(tenant)).toEqual(new Set(['access_refused']))
    expect(await tenant.status()).toMatchObject({ state: 'reconnect_required', reason: 'revoked' })
    expect((await testApp.view(tenant.admin)).headline).toBe('reconnect_required')
    await expect(tenant.obtain()).rejects.toEqual(refusal('reconnect_required'))
    expect(await tenant.refreshes()).toHaveLength(1)
    expect(await testApp.journal(tenant.admin)).toEqual(
      expect.arrayContaining([
        'token.refused revoked',
        'token.reported access_refused',
        'connection.tested access_refused',
      ]),
    )
  })

  it('with the new token too ends the connection', async () => {
    const tenant = await connectedTenant(testApp)
    await tenant.script(onEveryRead(refused, 50))
    expect(await test(tenant)).toEqual(new Set(['access_refused']))
    expect(await tenant.status()).toMatchObject({ state: 'reconnect_required', reason: 'access_refused' })
    expect(await tenant.refreshes()).toHaveLength(1)
    expect(await testApp.incidents(tenant.admin)).toEqual([{ reason: 'access_refused', open: true }])
  })

  it('and whose refresh fails in passing leaves it to be tried again, however often it is pressed', async () => {
    const tenant = await connectedTenant(testApp)
    await tenant.script([...onEveryRead(refused, 50), { status: 503 }])
    for (let times = 0; times < 3; times += 1) expect(await test(tenant)).toEqual(new Set(['access_refused']))
    expect(await tenant.status()).toMatchObject({ state: 'degraded', reason: 'provider_unavailable' })
    expect(await tenant.refreshes()).toHaveLength(1)
    await tenant.script([{ on: 'users.me' }])
    testApp.clock.move(minute)
    await testApp.work()
    expect(await tenant.status()).toMatchObject({ state: 'connected' })
    await tenant.expectSound(2)
  })

  it('after an answer that was lost ends the last token and keeps the reason', async () => {
    const tenant = await connectedTenant(testApp)
    await tenant.script([{ commit_then_drop: true }])
    testApp.clock.move(59 * minute)
    await tenant.obtain()
    expect(await tenant.status()).toMatchObject({ reason: 'lost_response' })
    await tenant.script(onEveryRead(refused))
    await test(tenant)
    expect(await tenant.status()).toMatchObject({ state: 'reconnect_required', reason: 'lost_response' })
    await expect(tenant.obtain()).rejects.toEqual(refusal('reconnect_required'))
  })
})

describe('a test that meets anything else', () => {
  it.each<[string, Step[]]>([
    ['one list refused', [{ on: 'companies.list', ...refused }]],
    ['a firewall', onEveryRead({ status: 401, body: '<html>' })],
    ['an outage', onEveryRead({ status: 503 })],
    ['missing rights', onEveryRead({ status: 403, body: { errors: [{ title: 'Forbidden' }] } })],
  ])('(%s) costs no refresh', async (_, script) => {
    const tenant = await connectedTenant(testApp)
    await tenant.script(script)
    await test(tenant)
    expect(await tenant.refreshes()).toEqual([])
    expect(await tenant.status()).toMatchObject({ state: 'connected' })
  })
})
