import { createServer } from 'node:http'
import type { AddressInfo } from 'node:net'
import { gzipSync } from 'node:zlib'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import type { FailureCode } from '#lib/domain/failure-codes.ts'
import type { Step } from '#lib/sandbox/control/script.ts'
import { connectedTenant, minute, refusal } from '#lib/testing/app/connected-tenant.ts'
import { openTestApp, type TestApp } from '#lib/testing/app/test-app.ts'

let testApp: TestApp
beforeAll(async () => {
  testApp = await openTestApp()
})
afterAll(() => testApp.close())

describe('a success that is odd', () => {
  it.each<[string, object, number]>([
    ['no expires_in', { expires_in: null }, 15 * minute],
    ['expires_in 0', { expires_in: 0 }, 15 * minute],
    ['a negative expires_in', { expires_in: -3600 }, 15 * minute],
    ['expires_in in words', { expires_in: 'soon' }, 15 * minute],
    ['an endless expires_in', { expires_in: 1e300 }, 15 * minute],
    ['expires_in of a year', { expires_in: 365 * 24 * 3600 }, 24 * 24 * 60 * minute],
    ['expires_in of a second', { expires_in: 1 }, 1000],
    ['no token_type', { token_type: null }, 60 * minute],
    ['another token_type', { token_type: 'mac' }, 60 * minute],
    ['things nobody asked for', { scope: 7, id_token: 'x', error: 'no' }, 60 * minute],
  ])('with %s is kept, and is no storm', async (_, set, lifetimeMs) => {
    const tenant = await connectedTenant(testApp)
    await tenant.script([{ set: set as Record<string, unknown> }])
    testApp.clock.move(61 * minute)
    const token = await tenant.obtain()
    expect(token.version).toBe(2)
    // counted from when the provider answered, which is a moment ago
    const leftMs = token.expiresAt.getTime() - testApp.clock.now().getTime()
    expect(leftMs).toBeLessThanOrEqual(lifetimeMs)
    expect(leftMs).toBeGreaterThan(lifetimeMs - minute)
    for (let times = 0; times < 20; times += 1) await tenant.obtain(24 * 60 * minute)
    expect(await tenant.refreshes()).toHaveLength(1)
    expect(await tenant.status()).toMatchObject({ state: 'connected' })
    await tenant.expectSound(2)
  })

  it('that hands the same refresh token back is stored like any other', async () => {
    const tenant = await connectedTenant(testApp)
    await tenant.script([{ no_rotation: true }])
    testApp.clock.move(61 * minute)
    expect((await tenant.obtain()).version).toBe(2)
    await tenant.expectSound(2)
  })

  it.each([201, 202, 206])('by its status %i is stored like any other', async (status) => {
    const tenant = await connectedTenant(testApp)
    await tenant.script([{ set: {}, status }])
    testApp.clock.move(61 * minute)
    expect((await tenant.obtain()).version).toBe(2)
    expect(await tenant.refreshes()).toHaveLength(1)
    await tenant.expectSound(2)
  })

  it.each<[string, Step]>([
    ['no', { set: { refresh_token: null } }],
    ['an empty', { set: { refresh_token: '' } }],
    ['a null', { commit: true, body: { access_token: 'abc', refresh_token: null, expires_in: 3600 } }],
  ])('with %s refresh token keeps the one we have', async (_, step) => {
    const tenant = await connectedTenant(testApp)
    await tenant.script([{ no_rotation: true, ...step }])
    testApp.clock.move(61 * minute)
    expect((await tenant.obtain()).version).toBe(2)
    testApp.clock.move(61 * minute)
    expect((await tenant.obtain()).version).toBe(3)
    await tenant.expectSound(3)
  })
})

const gatewayPages: [string, Step][] = [
  ['a 403 of a firewall', { status: 403, body: '<html>403 Forbidden</html>' }],
  ['a 404 while a gateway is deployed', { status: 404, body: '<html>404</html>' }],
  ['a 401 without a word', { status: 401, body: '' }],
  ['a 403 in the JSON of a gateway', { status: 403, body: { message: 'Forbidden' } }],
  ['a 404 in the JSON of a framework', { status: 404, body: { status: 404, error: 'Not Found' } }],
  ['a 400 that says temporarily_unavailable', { status: 400, body: { error: 'temporarily_unavailable' } }],
  ['a 403 that says server_error', { status: 403, body: { error: 'server_error' } }],
  ['a 200 that says slow_down', { status: 200, body: { error: 'slow_down' } }],
]

describe('an answer of something in front of the token endpoint', () => {
  it.each(gatewayPages)('(%s) passes: asked again later, told to nobody', async (_, step) => {
    const tenant = await connectedTenant(testApp)
    await tenant.script([step])
    testApp.clock.move(61 * minute)
    await expect(tenant.obtain()).rejects.toEqual(refusal('provider_unavailable'))
    expect(await tenant.status()).toMatchObject({ state: 'degraded', reason: 'provider_unavailable', attempts: 1 })
    expect(await testApp.journal(tenant.admin)).toContain('token.failed provider_unavailable')
    expect(await testApp.incidents(tenant.admin)).toEqual([])
    expect(await tenant.refreshes()).toHaveLength(1)
    testApp.clock.move(minute)
    await testApp.work()
    expect(await tenant.status()).toMatchObject({ state: 'connected', attempts: 0 })
    expect((await tenant.obtain()).version).toBe(2)
    await tenant.expectSound(2)
  })
})

describe('a refusal of the authorization server', () => {
  it.each([
    ['errors', 'v9'],
    ['errors', 'v8'],
    ['oauth', 'v9'],
    ['oauth', 'v8'],
  ] as const)('of a dead grant is read in the shape %s (league %s)', async (error_shape, league) => {
    const tenant = await connectedTenant(testApp)
    await testApp.control.turn({ clientId: tenant.integration.clientId }, { error_shape, league })
    await tenant.script([{ revoke: true }])
    testApp.clock.move(61 * minute)
    await expect(tenant.obtain()).rejects.toEqual(refusal('reconnect_required'))
    expect(await tenant.status()).toMatchObject({ state: 'reconnect_required', reason: 'revoked' })
    expect(await testApp.journal(tenant.admin)).toContain('token.refused revoked')
  })

  it.each(['errors', 'oauth'] as const)('of the client is read in the shape %s', async (error_shape) => {
    const tenant = await connectedTenant(testApp)
    const { integration } = tenant
    await testApp.control.turn({ clientId: integration.clientId }, { error_shape })
    await testApp.control.integrate({ ...integration, clientSecret: 'b'.repeat(32) })
    testApp.clock.move(61 * minute)
    await expect(tenant.obtain()).rejects.toEqual(refusal('misconfigured'))
    expect(await tenant.status()).toMatchObject({ state: 'misconfigured', reason: 'invalid_client' })
  })

  it.each<[string, object, FailureCode]>([
    ['invalid_grant', { error: 'invalid_grant' }, 'revoked'],
    ['invalid_client', { errors: [{ meta: { type: 'invalid_client' } }] }, 'invalid_client'],
  ])('in a 200 (%s) is that refusal, not a lost answer', async (_, body, reason) => {
    const tenant = await connectedTenant(testApp)
    await tenant.script([{ status: 200, body }])
    testApp.clock.move(61 * minute)
    await expect(tenant.obtain()).rejects.toThrow()
    expect(await tenant.refreshes()).toHaveLength(1)
    expect(await tenant.status()).toMatchObject({ reason })
  })
})

describe('an answer that is no answer', () => {
  it('redirects: nothing is sent to a second host, and the tokens stay', async () => {
    let visits = 0
    const elsewhere = createServer((_, response) => {
      visits += 1
      response.end()
    })
    await new Promise<void>((done) => elsewhere.listen(0, '127.0.0.1', done))
    const { port } = elsewhere.address() as AddressInfo
    const tenant = await connectedTenant(testApp)
    await tenant.script([{ redirect: `http://127.0.0.1:${port}/steal` }])
    testApp.clock.move(61 * minute)
    await expect(tenant.obtain()).rejects.toEqual(refusal('provider_unavailable'))
    testApp.clock.move(minute)
    expect((await tenant.obtain()).version).toBe(2)
    expect(visits).toBe(0)
    await new Promise((done) => elsewhere.close(done))
    await tenant.expectSound(2)
  })

  it('unpacks to two hundred megabytes: it is cut, and asked for again later', async () => {
    const tenant = await connectedTenant(testApp)
    const bomb = gzipSync(Buffer.alloc(200_000_000)).toString('base64')
    await tenant.script([{ body_base64: bomb, headers: { 'content-encoding': 'gzip' } }])
    testApp.clock.move(61 * minute)
    await expect(tenant.obtain()).rejects.toEqual(refusal('provider_unavailable'))
    // whoever hangs up does not ask again at once
    expect(await tenant.refreshes()).toHaveLength(1)
    testApp.clock.move(minute)
    expect((await tenant.obtain()).version).toBe(2)
    expect(await tenant.refreshes()).toHaveLength(2)
    await tenant.expectSound(2)
  })

  it('asks to come back later, by either header: nobody comes earlier', async () => {
    const later = new Date(Date.now() + 3 * minute).toISOString()
    for (const headers of [{ 'retry-after': '180' }, { 'x-ratelimit-reset': later }]) {
      const tenant = await connectedTenant(testApp)
      await tenant.script([{ status: 429, headers }])
      testApp.clock.move(61 * minute)
      await expect(tenant.obtain()).rejects.toEqual(refusal('provider_unavailable'))
      expect(await tenant.status()).toMatchObject({ state: 'degraded', reason: 'provider_throttled' })
      testApp.clock.move(2.9 * minute)
      await expect(tenant.obtain()).rejects.toEqual(refusal('provider_unavailable'))
      await testApp.app.refreshDueTokens.refreshDue()
      expect(await tenant.refreshes()).toHaveLength(1)
      testApp.clock.move(minute)
      await testApp.app.refreshDueTokens.refreshDue()
      expect((await tenant.obtain()).version).toBe(2)
      await tenant.expectSound(2)
    }
  })

  it('is a 503 for ten minutes: few calls, and it recovers by itself', async () => {
    const tenant = await connectedTenant(testApp)
    await tenant.script([{ status: 503, times: 100 }])
    testApp.clock.move(60 * minute)
    for (let seconds = 0; seconds < 600; seconds += 10) {
      await testApp.app.refreshDueTokens.refreshDue()
      await tenant.obtain().catch(() => {})
      testApp.clock.move(10_000)
    }
    const asked = (await tenant.refreshes()).length
    expect(asked).toBeGreaterThanOrEqual(4)
    expect(asked).toBeLessThanOrEqual(7)
    await testApp.control.script({ connection: (await tenant.refreshes())[0]?.connection ?? '' }, [{ on: 'token' }])
    testApp.clock.move(18 * minute)
    await testApp.app.refreshDueTokens.refreshDue()
    expect(await tenant.status()).toMatchObject({ state: 'connected', attempts: 0 })
    await tenant.expectSound(2)
  })
})
