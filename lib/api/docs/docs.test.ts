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

test('the document says when to ask again, with which methods, and with which key', () => {
  const responses: Record<string, Answer> = api.paths['/api/v1/companies']?.get?.responses ?? {}
  expect(Object.keys(responses[429]?.headers ?? {})).toEqual(['Retry-After'])
  expect(Object.keys(responses[503]?.headers ?? {})).toEqual(['Retry-After'])
  expect(Object.keys(responses[405]?.headers ?? {})).toEqual(['Allow'])
  expect(Object.keys(responses[401]?.headers ?? {})).toEqual(['WWW-Authenticate'])
})
