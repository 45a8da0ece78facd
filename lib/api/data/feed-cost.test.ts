import { get } from 'node:http'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { openDatabase } from '#lib/adapters/store/engine/open-database.ts'
import { startApiServer } from '#lib/api/listener.ts'
import { createContainer } from '#lib/composition/container.ts'
import type { TenantId } from '#lib/domain/accounts/tenant.ts'
import { dataClient } from '#lib/testing/api/data-client.ts'
import { openTestApp, type TestApp } from '#lib/testing/app/test-app.ts'
import { addCopy, fillCopy } from '#lib/testing/sync/filled-copy.ts'

const list = 'companies'
const records = 20_000

let testApp: TestApp
let tenantId: TenantId
beforeAll(async () => {
  testApp = await openTestApp()
  const db = await openDatabase(testApp.databaseUrl)
  tenantId = await addCopy(db, { list })
  await fillCopy(db, tenantId, { list, records, perChange: 100, deleted: 0 })
  await db.close()
})
afterAll(() => testApp.close())

/** The API on the test's database, with every statement it sends. */
const counting = async <T>(work: (url: string, statements: string[], key: string) => Promise<T>): Promise<T> => {
  const statements: string[] = []
  const app = await createContainer(testApp.env, { clock: testApp.clock, onStatement: (sql) => statements.push(sql) })
  const server = await startApiServer({ ...app, env: { ...app.env, apiPort: 0 } })
  const url = `http://127.0.0.1:${server.port}`
  try {
    return await work(url, statements, await dataClient({ app }, url).keyFor(tenantId))
  } finally {
    await server.close(0)
    await app.close()
  }
}

const ofKeys = /api_keys/
const selects = /^\s*select\b/i

test('an idle poll reads once, beside its key, and writes nothing', () =>
  counting(async (url, statements, key) => {
    const headers = { authorization: `Bearer ${key}` }
    const first = await fetch(`${url}/api/v1/${list}?limit=500`, { headers })
    const { next_cursor } = (await first.json()) as { next_cursor: string }
    const etag = first.headers.get('etag') ?? ''
    const poll = () =>
      fetch(`${url}/api/v1/${list}?cursor=${next_cursor}`, { headers: { ...headers, 'if-none-match': etag } })
    await poll()
    statements.length = 0
    expect((await poll()).status).toBe(304)
    const ofData = statements.filter((sql) => !ofKeys.test(sql))
    expect([ofData.length, ofData.every((sql) => selects.test(sql))]).toEqual([1, true])
    expect(ofData[0]).toContain('sync_states')
  }))

/** As many statements as there are, once there are no more for a while. */
const untilStill = async (statements: string[]) => {
  for (let before = -1; before !== statements.length; ) {
    before = statements.length
    await new Promise((done) => setTimeout(done, 300))
  }
  return statements.length
}

test('an export is read no faster than its client reads it, and whole in the end', () =>
  counting(async (url, statements, key) => {
    const headers = { authorization: `Bearer ${key}`, accept: 'application/x-ndjson' }
    const pages = () => statements.filter((sql) => /group_concat|string_agg/.test(sql)).length
    const text = await new Promise<string>((done, fail) => {
      get(`${url}/api/v1/${list}`, { headers }, async (answer) => {
        await untilStill(statements)
        const read = pages()
        const chunks: Buffer[] = []
        for await (const chunk of answer) chunks.push(chunk)
        expect(read).toBeGreaterThan(0)
        expect(read).toBeLessThan(pages())
        done(Buffer.concat(chunks).toString())
      }).on('error', fail)
    })
    const lines = text.trimEnd().split('\n')
    expect(lines).toHaveLength(records + 1)
    expect(JSON.parse(lines.at(-1) ?? '')).toEqual({ next_cursor: expect.any(String) })
  }))

test('an export whose client goes away ends there', () =>
  counting(async (url, statements, key) => {
    const headers = { authorization: `Bearer ${key}`, accept: 'application/x-ndjson' }
    await new Promise<void>((done, fail) => {
      get(`${url}/api/v1/${list}`, { headers }, (answer) => {
        answer.destroy()
        done()
      }).on('error', fail)
    })
    await untilStill(statements)
    expect(statements.filter((sql) => /group_concat|string_agg/.test(sql)).length).toBeLessThan(records / 500)
    expect((await fetch(`${url}/api/v1/${list}?limit=1`, { headers: { authorization: `Bearer ${key}` } })).status).toBe(
      200,
    )
  }))
