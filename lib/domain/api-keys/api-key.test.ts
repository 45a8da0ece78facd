import fc from 'fast-check'
import { expect, test } from 'vitest'
import { allows, bearerOf, isPrefix, isScope, readApiKey, readTenantHeader, sameHash, writeApiKey } from './api-key.ts'

const prefix = '0123456789ab'
const secret = `${'A'.repeat(40)}_-9`

test('a key is read as it was written', () => {
  expect(readApiKey(writeApiKey(prefix, secret))).toEqual({ prefix, secret })
  expect(isPrefix(prefix)).toBe(true)
})

test.each([
  '',
  'pk',
  `pk_${prefix}`,
  `pk_${prefix}_${secret.slice(1)}`,
  `pk_${prefix}_${secret}A`,
  `sk_${prefix}_${secret}`,
  `pk_${prefix.toUpperCase()}_${secret}`,
  ` pk_${prefix}_${secret}`,
  `pk_${prefix}_${secret}\n`,
])('%j is no key', (text) => {
  expect(readApiKey(text)).toBeNull()
})

test.each([
  ['Bearer abc', 'abc'],
  ['bearer  abc ', 'abc'],
  ['Basic abc', ''],
  ['Bearer a b', ''],
  ['Bearer', ''],
  [undefined, ''],
])('the bearer token of %j is %j', (header, token) => {
  expect(bearerOf(header)).toBe(token)
})

test.each([
  [undefined, null],
  [' ', null],
  ['0f3c', { by: 'id', value: '0f3c' }],
  ['ref:10482', { by: 'ref', value: '10482' }],
  ['ref: 10482 ', { by: 'ref', value: '10482' }],
  ['REF:10482', { by: 'id', value: 'REF:10482' }],
])('the header %j names %j', (header, named) => {
  expect(readTenantHeader(header)).toEqual(named)
})

test('a scope is a provider we know and a verb we know', () => {
  const scopes = ['teamleader:token', 'teamleader:data:read'] as const
  const others = [
    'teamleader:write',
    'other:token',
    'teamleader',
    'teamleader:token:x',
    'teamleader:data',
    'data:read',
    '',
  ]
  expect([...scopes, ...others].filter((text) => isScope(text, ['teamleader']))).toEqual(scopes)
  expect(allows({ scopes: ['teamleader:token'] }, scopes)).toBe(true)
  expect(allows({ scopes: ['teo:token'] }, scopes)).toBe(false)
  expect(allows({ scopes: [] }, scopes)).toBe(false)
})

test('hashes are the same when every character is', () => {
  fc.assert(fc.property(fc.string(), fc.string(), (one, other) => sameHash(one, other) === (one === other)))
  fc.assert(fc.property(fc.string(), (text) => sameHash(text, text)))
})
