import { hash as argon2 } from '@node-rs/argon2'
import { expect, test } from 'vitest'
import { passwords } from './passwords.ts'

const { hash, verify } = passwords()

test('a password verifies against its own argon2id hash only', async () => {
  const stored = await hash('une phrase assez longue')
  expect(stored).toMatch(/^\$argon2id\$v=19\$m=19456,t=2,p=1\$/)
  expect(await verify(stored, 'une phrase assez longue')).toBe(true)
  expect(await verify(stored, 'une phrase assez longuE')).toBe(false)
})

test('nobody’s password is ever right', async () => {
  expect(await verify(null, 'nobody has this password')).toBe(false)
})

const composed = 'clé de l’été, élève'.normalize('NFC')
const decomposed = composed.normalize('NFD')

test('a password is the same however the keyboard composes its accents', async () => {
  expect(decomposed).not.toBe(composed)
  expect(await verify(await hash(composed), decomposed)).toBe(true)
  expect(await verify(await hash(decomposed), composed)).toBe(true)
})

test('a hash of before, made of decomposed accents, still opens for who types them so', async () => {
  const before = await argon2(decomposed)
  expect(await verify(before, decomposed)).toBe(true)
  expect(await verify(before, composed.replace('clé', 'clef'))).toBe(false)
})
