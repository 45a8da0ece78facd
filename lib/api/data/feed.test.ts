import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import type { Admin } from '#lib/domain/accounts/user.ts'
import { minuteMs } from '#lib/domain/duration.ts'
import { readRecord } from '#lib/domain/sync/record.ts'
import { syncedLists } from '#lib/domain/sync/synced-lists.ts'
import { dataClient } from '#lib/testing/api/data-client.ts'
import { type ApiClient, openApiClient } from '#lib/testing/app/api-client.ts'
import { openTestApp, type TestApp } from '#lib/testing/app/test-app.ts'
import { pass, settle, verify } from '#lib/testing/sync/copied-tenant.ts'
import { type SmallCopies, smallCopies } from '#lib/testing/sync/small-copy.ts'

let testApp: TestApp
let apiClient: ApiClient
let small: SmallCopies
let client: ReturnType<typeof dataClient>
/** A copy that no test changes. */
let standing: { admin: Admin; key: string }
beforeAll(async () => {
  testApp = await openTestApp()
  apiClient = await openApiClient(testApp)
  small = smallCopies(testApp)
  client = dataClient(testApp, apiClient.url)
  standing = await copied()
})
afterAll(async () => {
  await apiClient.close()
  await testApp.close()
})

const canonical = (row: unknown) => readRecord(syncedLists.companies, row)?.canonical

/** 250 companies, and a key that reads them. */
const copied = async () => {
  const { admin } = await small.copied()
  return { admin, key: await client.keyFor(admin.tenantId) }
}

const rename = async (ids: readonly string[], name: string) => {
  testApp.records().companies.edit([...ids], { name })
  await pass(testApp, 6 * minuteMs)
  await settle(testApp)
}

const remove = async (admin: Admin, ids: readonly string[]) => {
  testApp.records().companies.remove([...ids])
  await verify(testApp, admin, 'companies')
}

const codeOf = async (answer: Response) => {
  const { code } = (await answer.json()) as { code: string }
  return `${answer.status} ${code}`
}

describe('a list', () => {
  test('comes in pages of the size that was asked for, each record once and as the provider has it', async () => {
    const { key } = await copied()
    const first = await client.page(key, 'companies')
    expect([first.data.length, first.has_more]).toEqual([100, true])
    expect(Date.parse(first.complete_at ?? '')).toBeLessThanOrEqual(testApp.clock.now().getTime())
    const { changes } = await client.follow(key, 'companies', null, 'limit=37')
    expect(new Map(changes.map(({ id, data }) => [id, canonical(data)]))).toEqual(
      new Map([...testApp.records().all('companies')].map(([id, row]) => [id, canonical(row)])),
    )
    expect(changes).toHaveLength(250)
    expect(changes.every(({ kind, deleted_at, web_url }) => kind === 'companies' && !deleted_at && web_url)).toBe(true)
  })

  test('tells what changed behind a cursor, with deletions as tombstones, and then nothing', async () => {
    const { admin, key } = await copied()
    const { cursor } = await client.follow(key, 'companies')
    const [gone = '', renamed = ''] = small.draw(2)
    await rename([renamed], 'Renommée SRL')
    await remove(admin, [gone])
    const { changes, cursor: next } = await client.follow(key, 'companies', cursor)
    expect(changes.map(({ id, data }) => [id, data?.name])).toEqual([
      [renamed, 'Renommée SRL'],
      [gone, undefined],
    ])
    expect(changes[1]).toMatchObject({ data: null, web_url: null, deleted_at: expect.any(String) })
    expect((await client.follow(key, 'companies', next)).changes).toEqual([])
    const only = await client.follow(key, 'companies', null, 'deleted=only')
    expect(only.changes.map(({ id }) => id)).toEqual([gone])
    const living = await client.follow(key, 'companies', null, 'deleted=exclude')
    expect(living.changes.map(({ id }) => id)).not.toContain(gone)
  })

  test('tells a record that changed twice once, as it last was', async () => {
    const { key } = await copied()
    const { cursor } = await client.follow(key, 'companies')
    const ids = small.draw(3)
    await rename(ids, 'Une')
    await rename(ids, 'Deux')
    const { changes } = await client.follow(key, 'companies', cursor, 'limit=1')
    expect(changes.map(({ id, data }) => [id, data?.name]).sort()).toEqual(ids.map((id) => [id, 'Deux']).sort())
  })

  test('begins where it is asked to, by the instant of the change', async () => {
    const { key } = await copied()
    await pass(testApp, minuteMs)
    const since = testApp.clock.now().toISOString()
    await rename(small.draw(2), 'Récente')
    const query = `limit=500&updated_since=${encodeURIComponent(since)}`
    expect((await client.page(key, `companies?${query}`)).data).toHaveLength(2)
    expect((await client.page(key, 'companies?limit=500&updated_since=2001-01-01T00:00:00Z')).data).toHaveLength(250)
  })

  test('streams as lines, and is followed from its last line on', async () => {
    const { admin, key } = await copied()
    const [gone = '', renamed = ''] = small.draw(2)
    await remove(admin, [gone])
    const { changes, cursor } = await client.lines(key, 'companies')
    expect(new Set(changes.map(({ id }) => id))).toEqual(new Set(testApp.records().all('companies').keys()))
    await rename([renamed], 'Après')
    const { changes: later } = await client.follow(key, 'companies', cursor)
    expect(later.map(({ data }) => data?.name)).toEqual(['Après'])
    const again = await client.lines(key, `companies?cursor=${cursor}`)
    expect(again.changes).toEqual(later)
  })

  test('of departments and contacts is a feed like the others', async () => {
    const { key } = standing
    expect((await client.follow(key, 'departments')).changes).toHaveLength(3)
    expect((await client.follow(key, 'contacts', null, 'limit=7')).changes).toHaveLength(30)
  })
})

describe('an unchanged list', () => {
  test('is 304 to who has its tag; a change makes another', async () => {
    const { key } = await copied()
    const { cursor } = await client.follow(key, 'companies')
    const first = await client.get(key, `companies?cursor=${cursor}`)
    const etag = first.headers.get('etag') ?? ''
    expect(etag).toMatch(/^W\/"/)
    expect(first.headers.get('cache-control')).toBe('private, no-cache')
    const again = await client.get(key, `companies?cursor=${cursor}`, { 'if-none-match': etag })
    expect([again.status, await again.text(), again.headers.get('etag')]).toEqual([304, '', etag])
    await rename(small.draw(1), 'Autre')
    const changed = await client.get(key, `companies?cursor=${cursor}`, { 'if-none-match': etag })
    expect([changed.status, changed.headers.get('etag') === etag]).toEqual([200, false])
  })

  test('answers who would rather wait with the first change', async () => {
    const { key } = await copied()
    const { cursor } = await client.follow(key, 'companies')
    const waiting = client.get(key, `companies?cursor=${cursor}`, { prefer: 'respond-async, wait=25' })
    await rename(small.draw(1), 'Nouvelle')
    const answer = await waiting
    expect(answer.headers.get('preference-applied')).toBe('wait=25')
    expect(((await answer.json()) as { data: { data: object }[] }).data).toMatchObject([{ data: { name: 'Nouvelle' } }])
  })

  test('answers whoever waits when the process ends, and after their time', async () => {
    const { key, admin } = await copied()
    const { cursor } = await client.follow(key, 'companies')
    const short = await client.page(key, `companies?cursor=${cursor}`, { prefer: 'wait=1' })
    expect(short).toMatchObject({ data: [], has_more: false })
    const ending = await openApiClient(testApp)
    const other = dataClient(testApp, ending.url)
    const otherKey = await other.keyFor(admin.tenantId)
    const waiting = other.page(otherKey, `companies?cursor=${cursor}`, { prefer: 'wait=25' })
    // it has been asked once this is answered
    await other.page(otherKey, 'departments')
    await ending.close()
    expect((await waiting).data).toEqual([])
  })
})

describe('one record', () => {
  test('has a strong tag, and is a tombstone once it is deleted', async () => {
    const { admin, key } = await copied()
    const [id = ''] = small.draw(1)
    const first = await client.get(key, `companies/${id}`)
    const etag = first.headers.get('etag') ?? ''
    expect(etag).toMatch(/^"/)
    expect(await first.json()).toEqual((await client.follow(key, 'companies')).changes.find((one) => one.id === id))
    for (const known of [etag, `"x", ${etag}`, '*', `W/${etag}`])
      expect((await client.get(key, `companies/${id}`, { 'if-none-match': known })).status).toBe(304)
    expect((await client.get(key, `companies/${id}`, { 'if-none-match': '"x"' })).status).toBe(200)
    await remove(admin, [id])
    const gone = await client.get(key, `companies/${id}`, { 'if-none-match': etag })
    expect(await gone.json()).toMatchObject({ id, data: null, deleted_at: expect.any(String) })
  })

  test('that the copy never had is not found', async () => {
    const { key } = standing
    for (const id of ['nobody', '%00', '..%2Fcompanies'])
      expect(await codeOf(await client.get(key, `companies/${id}`))).toBe('404 record_unknown')
  })
})

describe('a tenant', () => {
  test('never sees what is another’s, by any way', async () => {
    const { admin, key } = standing
    const { changes, cursor } = await client.follow(key, 'companies')
    const foreign = await client.keyFor((await testApp.connected()).admin.tenantId)
    await settle(testApp)
    const id = changes[0]?.id ?? ''
    expect(await codeOf(await client.get(foreign, `companies?cursor=${cursor}`))).toBe('400 cursor_malformed')
    const named = { 'porte-cles-tenant': admin.tenantId }
    for (const path of ['companies', `companies/${id}`, 'connections'])
      expect(await codeOf(await client.get(foreign, path, named))).toBe('404 tenant_unknown')
    const nobody = await client.keyFor((await testApp.addAdmin()).tenantId)
    expect(await codeOf(await client.get(nobody, 'companies'))).toBe('404 not_connected')
    expect(await codeOf(await client.get(nobody, `companies/${id}`))).toBe('404 record_unknown')
    const platform = await client.keyFor(null)
    expect((await client.page(platform, 'companies', named)).data).toHaveLength(100)
    expect(await codeOf(await client.get(platform, 'companies'))).toBe('400 tenant_missing')
  })

  test('is read by a key with the scope alone', async () => {
    const { admin } = standing
    const other = await client.keyFor(admin.tenantId, ['teamleader:token', 'teo:data:read'])
    const answer = await client.get(other, 'companies')
    expect(answer.headers.get('www-authenticate')).toContain('scope="teamleader:data:read"')
    expect(await codeOf(answer)).toBe('403 scope_missing')
    expect(await codeOf(await client.get(other, 'dossiers'))).toBe('404 not_connected')
    expect(await codeOf(await client.get('pk_x', 'companies'))).toBe('401 unauthorized')
  })
})

describe('a question', () => {
  test.each([
    ...['limit=0', 'limit=501', 'limit=1.5', 'limit=', 'deleted=no', 'deleted=', 'updated_since=yesterday'],
    ...['updated_since=2026-13-01T00:00:00Z', 'page=2', 'cursor=', 'limit=5&limit=6'],
  ])('with %s is refused', async (query) => {
    expect(await codeOf(await client.get(standing.key, `companies?${query}`))).toBe('400 parameter_malformed')
  })

  test('with a cursor of another list, or none of ours, is refused', async () => {
    const { key } = standing
    const { cursor } = await client.follow(key, 'contacts')
    for (const wrong of [cursor, 'x', `${cursor.slice(0, -1)}~`])
      expect(await codeOf(await client.get(key, `companies?cursor=${wrong}`))).toBe('400 cursor_malformed')
  })
})
