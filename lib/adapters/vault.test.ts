import { randomBytes } from 'node:crypto'
import fc from 'fast-check'
import { CompactEncrypt } from 'jose'
import { expect, test } from 'vitest'
import type { SealContext } from '#lib/ports/operations.ts'
import { sealedPrefix, vault } from './vault.ts'

const key = (id: string) => ({ id, key: new Uint8Array(randomBytes(32)) })
const [k1, k2] = [key('k1'), key('k2')]
const ours = vault([k1, k2])

const context: SealContext = { purpose: 'access_token', tenant: 't1', row: 'r1', generation: 3 }

test('what is sealed opens in its context, whatever the text', async () => {
  await fc.assert(
    fc.asyncProperty(fc.string({ unit: 'grapheme', maxLength: 300 }), async (plain) => {
      expect(await ours.open(await ours.seal(plain, context), context)).toBe(plain)
    }),
    { numRuns: 50 },
  )
})

test.each<[string, SealContext]>([
  ['another row', { ...context, row: 'r2' }],
  ['another tenant', { ...context, tenant: 't2' }],
  ['another generation', { ...context, generation: 4 }],
  ['another field', { ...context, purpose: 'refresh_token' }],
  ['another purpose', { purpose: 'waiting_code' }],
])('a value moved to %s does not open', async (_, other) => {
  expect(await ours.open(await ours.seal('token', context), other)).toBeNull()
})

test('the order in which a context is written does not matter', async () => {
  const turned: SealContext = { generation: 3, row: 'r1', tenant: 't1', purpose: 'access_token' }
  expect(await ours.open(await ours.seal('token', context), turned)).toBe('token')
})

test('an altered or truncated value never opens', async () => {
  const sealed = await ours.seal('a very secret token', context)
  const alphabet = 'ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_'
  const openOrPass = (text: string) => ours.open(text, context).catch((error: { code: string }) => error.code)
  await fc.assert(
    fc.asyncProperty(fc.nat(sealed.length - 1), fc.constantFrom(...alphabet), async (at, sign) => {
      fc.pre(sealed[at] !== sign)
      const altered = sealed.slice(0, at) + sign + sealed.slice(at + 1)
      // an altered key id names a key that is not here
      expect([null, 'storage_unavailable']).toContain(await openOrPass(altered))
      expect(await ours.open(sealed.slice(0, at), context)).toBeNull()
    }),
    { numRuns: 300 },
  )
})

test.each(['', '.', '....', 'plain text', '{"kid":"k1"}', 'eyJhbGciOiJub25lIn0....'])(
  '%o does not open',
  async (text) => {
    expect(await ours.open(text, context)).toBeNull()
  },
)

test('a value sealed by another algorithm does not open', async () => {
  const sealed = await new CompactEncrypt(new TextEncoder().encode('token'))
    .setProtectedHeader({ alg: 'A256GCMKW', enc: 'A256GCM', kid: 'k1', ctx: 'any' })
    .encrypt(k1.key)
  expect(await ours.open(sealed, context)).toBeNull()
})

test('a value of a key that is not here (yet) is a passing failure that names the key', async () => {
  const sealed = await vault([key('k9')]).seal('token', context)
  await expect(ours.open(sealed, context)).rejects.toMatchObject({
    code: 'storage_unavailable',
    evidence: { keyId: 'k9' },
  })
})

test('another key under the same id does not open it', async () => {
  expect(await vault([key('k1')]).open(await ours.seal('token', context), context)).toBeNull()
})

test('the first key seals, every key opens', async () => {
  const turned = vault([k2, k1])
  expect(turned.currentKeyId).toBe('k2')
  expect(await ours.open(await turned.seal('token', context), context)).toBe('token')
  expect(await turned.open(await turned.seal('token', context, 'k1'), context)).toBe('token')
})

test('what is sealed begins with what tells its key, and no other', async () => {
  const ids = ['k1', 'k10', 'k1.', 'k-1', 'K1', 'k', 'k11', 'k111', `${'x'.repeat(63)}1`, `${'x'.repeat(63)}2`]
  for (const id of ids) {
    const sealed = await vault([key(id)]).seal('token', context)
    expect(ids.filter((other) => sealed.startsWith(sealedPrefix(other)))).toEqual([id])
  }
})
