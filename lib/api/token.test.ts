import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import type { Admin } from '#lib/domain/accounts/user.ts'
import { type ApiClient, openApiClient } from '#lib/testing/app/api-client.ts'
import { openTestApp, type TestApp } from '#lib/testing/app/test-app.ts'
import { tokenAnswer } from './schemas.ts'

let testApp: TestApp
let apiClient: ApiClient
beforeAll(async () => {
  testApp = await openTestApp()
  apiClient = await openApiClient(testApp)
})
afterAll(async () => {
  await apiClient.close()
  await testApp.close()
})

const minute = 60_000
const operator = { kind: 'operator' } as const

const connected = async () => {
  const { admin, integration } = await testApp.connected()
  return { admin, key: await apiClient.keyOf(admin), script: { clientId: integration.clientId } }
}

const current = async ({ tenantId }: Admin) =>
  (await testApp.app.getAccessToken.obtain({ tenantId, provider: 'teamleader', minTtlMs: 0 })).accessToken

describe('a connected tenant', () => {
  test('is handed its token, which nobody may store', async () => {
    const { admin, key } = await connected()
    const { status, headers, json } = await apiClient.ask(key)
    expect({ status, stored: headers.get('cache-control') }).toEqual({ status: 200, stored: 'no-store' })
    expect(tokenAnswer.parse(json)).toMatchObject({
      access_token: await current(admin),
      account: { name: 'Marie Delvaux' },
      token_version: 1,
      api_version: 'V2',
    })
    expect(new Date(json.expires_at).getTime()).toBeGreaterThan(testApp.clock.now().getTime() + 50 * minute)
  })

  test('gets one that lives as long as was asked, up to half of its life', async () => {
    const { key } = await connected()
    testApp.clock.move(31 * minute)
    expect((await apiClient.ask(key, { body: '{"min_ttl":60}' })).json.token_version).toBe(1)
    expect((await apiClient.ask(key, { body: '{"min_ttl":86400}' })).json.token_version).toBe(2)
  })

  test('gets a new one for one that the provider refused, once', async () => {
    const { key } = await connected()
    const report = { body: '{"rejected_token_version":1}' }
    expect((await apiClient.ask(key, report)).json.token_version).toBe(2)
    expect((await apiClient.ask(key, report)).json.token_version).toBe(2)
  })

  test('is served to a key of the platform that names it, and to no other key', async () => {
    const { admin } = await connected()
    const platform = await apiClient.create(null)
    const named = await apiClient.ask(platform, { tenant: admin.tenantId })
    expect(named).toMatchObject({ status: 200, json: { access_token: await current(admin) } })
    const otherKey = await apiClient.keyOf(await testApp.addAdmin())
    const foreign = await apiClient.ask(otherKey, { tenant: admin.tenantId })
    expect(foreign).toMatchObject({ status: 404, json: { code: 'tenant_unknown' } })
    expect(await apiClient.ask(platform)).toMatchObject({ status: 400, json: { code: 'tenant_missing' } })
    const nobody = await apiClient.ask(platform, { tenant: 'ref:nobody' })
    expect(nobody).toMatchObject({ status: 404, json: { code: 'tenant_unknown' } })
  })
})

describe('a connection that has no token to give', () => {
  test('was never made', async () => {
    const key = await apiClient.keyOf(await testApp.addAdmin())
    expect(await apiClient.ask(key)).toMatchObject({ status: 404, json: { status: 404, code: 'not_connected' } })
  })

  test('is paused', async () => {
    const { admin, key } = await connected()
    const { revision, client } = await testApp.record(admin)
    const clientId = client?.identifier ?? ''
    await testApp.app.saveSettings(admin, 'teamleader', {
      revision,
      enabled: false,
      clientId,
      clientSecret: '',
    })
    expect(await apiClient.ask(key)).toMatchObject({ status: 409, json: { code: 'connection_disabled' } })
  })

  test('is dead', async () => {
    const { key, script } = await connected()
    await testApp.control.script(script, [{ revoke: true }])
    testApp.clock.move(61 * minute)
    expect(await apiClient.ask(key)).toMatchObject({ status: 409, json: { code: 'reconnect_required' } })
  })

  test('has a wrong secret', async () => {
    const { key, script } = await connected()
    await testApp.control.script(script, [{ status: 401, body: '{"error":"invalid_client"}' }])
    testApp.clock.move(61 * minute)
    expect(await apiClient.ask(key)).toMatchObject({ status: 409, json: { code: 'misconfigured' } })
  })

  test.each([
    ['throttled', { status: 429, headers: { 'retry-after': '30' } }],
    ['down', { status: 503 }],
  ])('meets a provider that is %s: ask again, and when', async (_, step) => {
    const { key, script } = await connected()
    await testApp.control.script(script, [step])
    testApp.clock.move(61 * minute)
    const { status, headers, json } = await apiClient.ask(key)
    expect({ status, code: json.code }).toEqual({ status: 503, code: 'provider_unavailable' })
    expect(headers.get('content-type')).toBe('application/problem+json')
    expect(Number(headers.get('retry-after'))).toBeGreaterThan(0)
  })
})

describe('a request is refused', () => {
  test('without a key, with a wrong one and with a revoked one, all alike', async () => {
    const { key } = await connected()
    await testApp.app.manageApiKeys.revoke(key.slice(3, 15), operator)
    for (const wrong of ['', 'x', `${key.slice(0, -1)}~`, key]) {
      const { status, headers, json } = await apiClient.ask(wrong)
      expect({ status, json }).toMatchObject({ status: 401, json: { status: 401, code: 'unauthorized' } })
      expect(headers.get('www-authenticate')).toBe('Bearer realm="porte-cles", error="invalid_token"')
    }
    const without = await fetch(`${apiClient.url}/api/v1/connections/teamleader/token`, { method: 'POST' })
    expect([without.status, without.headers.get('www-authenticate')]).toEqual([401, 'Bearer realm="porte-cles"'])
  })

  test('when the key may not ask it, or the provider is none of ours', async () => {
    const { admin, key } = await connected()
    const other = await apiClient.withoutScope(admin.tenantId)
    const { status, headers, json } = await apiClient.ask(other)
    expect({ status, code: json.code }).toEqual({ status: 403, code: 'scope_missing' })
    const needed = 'Bearer realm="porte-cles", error="insufficient_scope", scope="teamleader:token"'
    expect(headers.get('www-authenticate')).toBe(needed)
    for (const provider of ['salesforce', 'constructor', '%00', 'Teamleader'])
      expect(await apiClient.ask(key, { provider })).toMatchObject({ status: 404, json: { code: 'provider_unknown' } })
  })

  test.each(['{', '[]', '"x"', 'null', '{"min_ttl":"60"}', '{"min_ttl":-1}', '{"min_ttl":1e9}', '{"minTtl":60}'])(
    'with the body %s',
    async (body) => {
      const { key } = await connected()
      expect(await apiClient.ask(key, { body })).toMatchObject({ status: 400, json: { code: 'body_malformed' } })
    },
  )

  test('with a body over 16 KiB, whether it says so or comes in pieces', async () => {
    const { key } = await connected()
    expect((await apiClient.ask(key, { body: ' '.repeat(16 * 1024) })).status).toBe(200)
    const long = await apiClient.ask(key, { body: ' '.repeat(16 * 1024 + 1) })
    expect(long).toMatchObject({ status: 413, json: { code: 'body_too_large' } })
    expect(await apiClient.pour(key, Buffer.alloc(1024, ' '), 16)).toEqual({ status: 200, sent: 16 })
    expect((await apiClient.pour(key, Buffer.alloc(1024, ' '), 17)).status).toBe(413)
    const endless = await apiClient.pour(key, Buffer.alloc(1024 * 1024, ' '), 1_000)
    expect(endless.status).toBe(413)
    expect(endless.sent).toBeLessThan(200)
  })

  test('never with a secret', async () => {
    const { admin, key } = await connected()
    await apiClient.ask(key, { body: `{"min_ttl":"${await current(admin)}"}` })
    expect(apiClient.refusals()).toContain('body_malformed')
    for (const secret of [await current(admin), key]) expect(apiClient.refusals()).not.toContain(secret)
  })
})
