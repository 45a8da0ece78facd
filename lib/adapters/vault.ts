import { base64url, CompactEncrypt, compactDecrypt, decodeProtectedHeader } from 'jose'
import { Failure } from '#lib/domain/failure.ts'
import type { Vault } from '#lib/ports/deps.ts'
import type { SealContext } from '#lib/ports/operations.ts'

export interface VaultKey {
  id: string
  /** 32 bytes. */
  key: Uint8Array
}

const algorithms = { keyManagementAlgorithms: ['dir'], contentEncryptionAlgorithms: ['A256GCM'] }
const keyIdPattern = /^[\w.-]{1,64}$/

const headerOf = (keyId: string) => ({ alg: 'dir', enc: 'A256GCM', kid: keyId })

const canonical = (context: SealContext) => JSON.stringify(Object.entries(context).sort(([a], [b]) => (a < b ? -1 : 1)))

/** base64url lets the last character vary without changing a byte: such a copy counts as altered. */
const exact = (sealed: string) => sealed.split('.').every((part) => base64url.encode(base64url.decode(part)) === part)

const keyIdOf = (sealed: string): string | null => {
  try {
    const { kid } = decodeProtectedHeader(sealed)
    return exact(sealed) && typeof kid === 'string' && keyIdPattern.test(kid) ? kid : null
  } catch {
    return null
  }
}

/**
 * What everything sealed with a key begins with: the header in base64url, whole triples of bytes as far as the context.
 * Lets the database find values by their key.
 */
export const sealedPrefix = (keyId: string): string => {
  const head = new TextEncoder().encode(JSON.stringify({ ...headerOf(keyId), ctx: '' }).replace(/"}$/, ''))
  return base64url.encode(head.slice(0, head.length - (head.length % 3)))
}

/** How many bytes are sealed in a value, which may be altered: GCM keeps their number. Null for what we did not seal. */
export const sealedLength = (sealed: string): number | null => {
  const [, , , ciphertext, tag] = sealed.split('.')
  return ciphertext === undefined || tag === undefined ? null : Math.floor((ciphertext.length * 3) / 4)
}

/**
 * JWE compact, `dir` with A256GCM; the key id and the context stand in the protected header, which is authenticated.
 *
 * @see https://www.rfc-editor.org/rfc/rfc7516#section-3.1
 */
export const vault = (keys: readonly [VaultKey, ...VaultKey[]]): Vault => {
  const byId = new Map(keys.map(({ id, key }) => [id, key]))
  const keyOf = (id: string) => {
    const key = byId.get(id)
    if (!key) throw new Failure('storage_unavailable', { keyId: id })
    return key
  }
  return {
    currentKeyId: keys[0].id,
    keyIds: keys.map(({ id }) => id),
    seal: async (plaintext, context, keyId = keys[0].id) =>
      new CompactEncrypt(new TextEncoder().encode(plaintext))
        .setProtectedHeader({ ...headerOf(keyId), ctx: canonical(context) })
        .encrypt(keyOf(keyId)),
    open: async (sealed, context) => {
      const keyId = keyIdOf(sealed)
      if (keyId === null) return null
      const key = keyOf(keyId)
      try {
        const { plaintext, protectedHeader } = await compactDecrypt(sealed, key, algorithms)
        return protectedHeader.ctx === canonical(context) ? new TextDecoder().decode(plaintext) : null
      } catch {
        return null
      }
    },
  }
}
