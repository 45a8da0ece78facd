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

const ahead = (method: string, headers: Record<string, string>) =>
  refusedAhead({ method, headers: new Headers(headers) }, publicUrl)

test('ahead of Next, a foreign or unreadable origin is refused, a missing one is left to the action', () => {
  expect(ahead('POST', { origin: 'https://evil.example' })).toBe(403)
  expect(ahead('DELETE', { origin: 'nonsense' })).toBe(403)
  expect(ahead('POST', { origin: publicUrl })).toBeNull()
  expect(ahead('POST', { origin: 'null' })).toBeNull()
  expect(ahead('POST', {})).toBeNull()
  expect(ahead('GET', { origin: 'https://evil.example' })).toBeNull()
})
