import { hash, verify } from '@node-rs/argon2'
import type { Passwords } from '#lib/ports/deps.ts'
import { isGuessable } from './password-strength.ts'

// argon2id (2) with OWASP's first choice of costs; the enum of the package is a `const enum`, which one cannot import
const options = { algorithm: 2, memoryCost: 19_456, timeCost: 2, parallelism: 1 }

/** `$argon2id$v=19$m=19456,t=2,p=1$…`: whether a hash cost less than one made today. */
const isCheaper = (known: string): boolean => {
  const [, variant, memory, time] = /^\$(argon2\w+)\$v=\d+\$m=(\d+),t=(\d+),p=\d+\$/.exec(known) ?? []
  return variant !== 'argon2id' || Number(memory) < options.memoryCost || Number(time) < options.timeCost
}

/** @see https://www.rfc-editor.org/rfc/rfc9106 */
export const passwords = (): Passwords => {
  let dummy: Promise<string> | undefined
  return {
    // one keyboard composes an accent that another types in two characters
    hash: (password) => hash(password.normalize('NFC'), options),
    verify: async (known, password) => {
      dummy ??= hash('nobody has this password', options)
      const stored = known ?? (await dummy)
      const composed = password.normalize('NFC')
      // hashes of before took the characters as they were typed
      const right = (await verify(stored, composed)) || (composed !== password && (await verify(stored, password)))
      return known !== null && right
    },
    isOutdated: isCheaper,
    isGuessable,
  }
}
