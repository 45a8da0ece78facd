import { expect, test } from 'vitest'
import { requireOwnOrigin } from './origin.ts'
import { refusedAhead } from './request-guard.ts'

const publicUrl = 'https://cles.example'
const post = (headers: Record<string, string>) => () => requireOwnOrigin(new Headers(headers), publicUrl)

test.each<Record<string, string>>([
  { origin: publicUrl },
  { origin: publicUrl, 'sec-fetch-site': 'same-origin' },
  { origin: 'null', 'sec-fetch-site': 'same-origin' },
])('our own page may post: %o', (headers) => {
  expect(post(headers)).not.toThrow()
})

test.each<Record<string, string>>([
  {},
  { origin: '' },
  { origin: 'null' },
  { origin: 'null', 'sec-fetch-site': 'cross-site' },
  { origin: 'null', 'sec-fetch-site': 'same-site' },
  { origin: 'https://evil.example', 'x-forwarded-host': 'evil.example', host: 'evil.example' },
  { origin: 'https://evil.example', 'sec-fetch-site': 'same-origin' },
  { origin: 'http://cles.example' },
  { origin: 'https://cles.example:444' },
  { origin: 'https://cles.example.evil.example' },
  { 'sec-fetch-site': 'same-origin' },
  { referer: 'https://cles.example/connexion' },
])('whoever else posts is refused: %o', (headers) => {
  expect(post(headers)).toThrow(expect.objectContaining({ code: 'foreign_origin' }))
})

const ahead = (method: string, headers: Record<string, string>, body: BodyInit | null = null) =>
  refusedAhead(new Request(publicUrl, { method, headers, body }), publicUrl)

test('ahead of Next, a foreign or unreadable origin is refused, a missing one is left to the action', async () => {
  expect(await ahead('POST', { origin: 'https://evil.example' })).toBe(403)
  expect(await ahead('DELETE', { origin: 'nonsense' })).toBe(403)
  expect(await ahead('POST', { origin: publicUrl })).toBeNull()
  expect(await ahead('POST', { origin: 'null' })).toBeNull()
  expect(await ahead('POST', {})).toBeNull()
  expect(await ahead('GET', { origin: 'https://evil.example' })).toBeNull()
})

const id = 'a'.repeat(42)

const parts = (fields: Record<string, string>) => {
  const form = new FormData()
  for (const [name, value] of Object.entries(fields)) form.append(name, value)
  return form
}

test.each<[string, Record<string, string>, BodyInit]>([
  [
    'a form without script',
    {},
    parts({ $ACTION_REF_1: '', '$ACTION_1:0': `{"id":"${id}"}`, '$ACTION_1:1': '[]', email: '{' }),
  ],
  ['a form with script', { 'next-action': id }, parts({ 0: '["$K1"]', '1_email': '{' })],
  ['a body of a route', { 'content-type': 'application/json' }, '{'],
])('ahead of Next, %s passes', async (_, headers, body) => {
  expect(await ahead('POST', headers, body)).toBeNull()
})

const multipart = { 'content-type': 'multipart/form-data; boundary=x' }

test.each<[string, Record<string, string>, BodyInit]>([
  ['a form without boundary', { 'content-type': 'multipart/form-data' }, 'x'],
  ['a form that is cut off', multipart, '--x\r\nContent-Disposition: form-data; name="a"'],
  ['a form that is empty', multipart, ''],
  ['an action without a form', { 'next-action': id }, '[]'],
  ['an action whose arguments are missing', { 'next-action': id }, parts({ '1_email': 'a' })],
  ['an action whose arguments are no JSON', { 'next-action': id }, parts({ 0: '{{{' })],
  ['a form whose state is no JSON', {}, parts({ '$ACTION_1:0': `{"id":"${id}"}`, '$ACTION_1:1': '{{{' })],
  ['a form for an action that cannot be', {}, parts({ '$ACTION_1:0': '{"id":"x"}' })],
  ['a form for no action', {}, parts({ '$ACTION_1:0': 'null' })],
])('ahead of Next, %s is refused', async (_, headers, body) => {
  expect(await ahead('POST', headers, body)).toBe(400)
})
