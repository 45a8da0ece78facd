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
