import 'server-only'
import { container } from '#lib/composition/container.ts'
import { ownCookie } from './own-cookie.ts'

const cookie = ownCookie({ name: 'porte-cles-browser', maxAge: 30 * 24 * 3600 })
const shape = /^[\w-]{43}$/

/** The nonce that tells this browser from others; null when it never left for a consent page. */
export const readNonce = async (): Promise<string | null> => {
  const value = await cookie.read()
  return value !== null && shape.test(value) ? value : null
}

/** The same, made first when there is none: one per browser, so that two tabs can leave side by side. */
export const ensureNonce = async (): Promise<string> => {
  const { random } = await container()
  const nonce = (await readNonce()) ?? random.secret()
  await cookie.write(nonce)
  return nonce
}
