import { afterAll, beforeAll, expect, test } from 'vitest'
import { dayMs, minuteMs } from '#lib/domain/duration.ts'
import { jeanBaptiste } from '#lib/sandbox/teamleader/seeds.ts'
import { dataClient } from '#lib/testing/api/data-client.ts'
import { type ApiClient, openApiClient } from '#lib/testing/app/api-client.ts'
import { openTestApp, type TestApp } from '#lib/testing/app/test-app.ts'
import { pass, settle, verify } from '#lib/testing/sync/copied-tenant.ts'
import { type SmallCopies, smallCopies } from '#lib/testing/sync/small-copy.ts'

let testApp: TestApp
let apiClient: ApiClient
let small: SmallCopies
let client: ReturnType<typeof dataClient>
beforeAll(async () => {
  testApp = await openTestApp()
  apiClient = await openApiClient(testApp)
  small = smallCopies(testApp)
  client = dataClient(testApp, apiClient.url)
})
afterAll(async () => {
  await apiClient.close()
  await testApp.close()
})

const codeAt = async (key: string, cursor: string) => {
  const answer = await client.get(key, `companies?cursor=${cursor}`)
  return answer.status === 200 ? 200 : `${answer.status} ${((await answer.json()) as { code: string }).code}`
}

test('a cursor before a forgotten tombstone has expired; one behind it, or begun later, has not', async () => {
  const { admin } = await small.copied()
  const key = await client.keyFor(admin.tenantId)
  const { next_cursor: early } = await client.page(key, 'companies?limit=10')
  const { cursor: before } = await client.follow(key, 'companies')
  const [gone = ''] = small.draw(1)
  testApp.records().companies.remove([gone])
  await verify(testApp, admin, 'companies')
  const { changes, cursor: behind } = await client.follow(key, 'companies', before)
  expect(changes.map(({ id }) => id)).toEqual([gone])

  await pass(testApp, 89 * dayMs)
  await testApp.app.purgeExpired()
  expect(await codeAt(key, before)).toBe(200)
  await pass(testApp, 2 * dayMs)
  await testApp.app.purgeExpired()
  expect([await codeAt(key, early), await codeAt(key, before)]).toEqual(['410 cursor_expired', '410 cursor_expired'])
  expect(await codeAt(key, behind)).toBe(200)

  const { next_cursor: begun, data } = await client.page(key, 'companies?limit=10')
  const { changes: rest } = await client.follow(key, 'companies', begun)
  expect(data.length + rest.length).toBe(249)
  const since = new Date(testApp.clock.now().getTime() - 200 * dayMs).toISOString()
  expect((await client.page(key, `companies?updated_since=${since}`)).data).toHaveLength(100)
})

test('a cursor of the account before has expired, and nothing of that account is told', async () => {
  const { admin, integration } = await testApp.connected()
  await settle(testApp)
  const key = await client.keyFor(admin.tenantId)
  const { cursor } = await client.follow(key, 'companies')
  const nonce = 'n'.repeat(43)
  const state = await testApp.app.startAuthorization.begin(admin, 'teamleader', nonce)
  const code = await testApp.code(integration.clientId, testApp.callback, jeanBaptiste.email)
  await testApp.app.handleCallback.withCode({ provider: 'teamleader', state, nonce, user: admin }, code)
  const { candidate } = await testApp.view(admin)
  const accountId = candidate?.account?.id ?? ''
  await testApp.app.confirmCandidate(admin, 'teamleader', candidate?.id ?? '', { kind: 'accept', accountId })
  await pass(testApp, 6 * minuteMs)
  await settle(testApp)
  expect(await codeAt(key, cursor)).toBe('410 cursor_expired')
  const { changes } = await client.follow(key, 'companies')
  const theirs = testApp.records(jeanBaptiste.account.id).all('companies')
  expect(new Set(changes.map(({ id }) => id))).toEqual(new Set(theirs.keys()))
})
