import { execFile } from 'node:child_process'
import { mkdtemp, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { promisify } from 'node:util'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { problemTypes } from '#lib/composition/http/problem-codes.ts'
import { type ApiClient, openApiClient } from '#lib/testing/app/api-client.ts'
import { openTestApp, type TestApp } from '#lib/testing/app/test-app.ts'
import type { Answer, Document } from './document.ts'

let testApp: TestApp
let apiClient: ApiClient
let page: string
let headers: Headers
let api: Document
beforeAll(async () => {
  testApp = await openTestApp()
  apiClient = await openApiClient(testApp)
  const answer = await fetch(`${apiClient.url}/api/docs`)
  page = await answer.text()
  headers = answer.headers
  api = (await (await fetch(`${apiClient.url}/api/openapi.json`)).json()) as Document
})
afterAll(async () => {
  await apiClient.close()
  await testApp.close()
})

const ids = () => [...page.matchAll(/\sid="([^"]+)"/g)].map(([, id]) => id)

test('has an anchor for each problem, operation and schema, and none twice', () => {
  const operations = Object.values(api.paths).flatMap((methods) => Object.values(methods))
  const wanted = [
    ...Object.keys(problemTypes),
    ...operations.map(({ operationId }) => operationId),
    ...Object.keys(api.components.schemas).map((name) => `schema-${name}`),
  ]
  expect(wanted.filter((id) => !ids().includes(id))).toEqual([])
  expect(new Set(ids()).size).toBe(ids().length)
})

test('links to its own anchors and to the document alone, and loads nothing', () => {
  const links = [...page.matchAll(/href="([^"]+)"/g)].map(([, link = '']) => link)
  expect(links.filter((link) => link !== '/api/openapi.json' && !ids().includes(link.slice(1)))).toEqual([])
  expect(page).not.toMatch(/<script|<link|<img|src=|url\(|@import|https?:/)
  expect(headers.get('content-security-policy')).toMatch(/^default-src 'none'; style-src 'sha256-/)
})

test('the document names each operation once, with its keys, and the servers', () => {
  const operations = Object.values(api.paths).flatMap((methods) => Object.values(methods))
  const names = operations.map(({ operationId }) => operationId)
  expect(new Set(names).size).toBe(names.length)
  expect(api).toMatchObject({ servers: [{ url: '/' }], info: { license: { name: expect.any(String) } } })
  for (const [path, methods] of Object.entries(api.paths))
    for (const operation of Object.values(methods))
      expect([path, operation]).toMatchObject([path, { security: expect.any(Array), summary: expect.any(String) }])
})

/** What redocly's `recommended` rules find, errors and warnings. It reports its use to nobody. */
const lint = async (document: object): Promise<string[]> => {
  const folder = await mkdtemp(join(tmpdir(), 'porte-cles-lint-'))
  try {
    await writeFile(join(folder, 'openapi.json'), JSON.stringify(document))
    const program = join(process.cwd(), 'node_modules/@redocly/cli/bin/cli.js')
    const options = ['lint', 'openapi.json', '--extends', 'recommended', '--format', 'json']
    const env = { ...process.env, REDOCLY_TELEMETRY: 'off' }
    // it ends with 1 where it found errors
    const { stdout } = await promisify(execFile)(process.execPath, [program, ...options], { cwd: folder, env }).catch(
      (error: { stdout: string }) => error,
    )
    return (JSON.parse(stdout) as { problems: { ruleId: string }[] }).problems.map(({ ruleId }) => ruleId)
  } finally {
    await rm(folder, { recursive: true, force: true })
  }
}

test('redocly finds nothing wrong with the document by its recommended rules', async () => {
  expect(await lint(api)).toEqual([])
  const { operationId, ...unnamed } = api.paths['/api/health']?.get ?? {}
  expect(operationId).toBe('getHealth')
  expect(await lint({ ...api, paths: { '/api/health': { get: unnamed } } })).toContain('operation-operationId')
})

test('the document says when to ask again, with which methods, and with which key', () => {
  const responses: Record<string, Answer> = api.paths['/api/v1/companies']?.get?.responses ?? {}
  expect(Object.keys(responses[429]?.headers ?? {})).toContain('Retry-After')
  expect(Object.keys(responses[503]?.headers ?? {})).toEqual(['Retry-After'])
  expect(Object.keys(responses[405]?.headers ?? {})).toEqual(['Allow'])
  expect(Object.keys(responses[401]?.headers ?? {})).toEqual(['WWW-Authenticate'])
})
