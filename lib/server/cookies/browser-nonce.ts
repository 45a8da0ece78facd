import 'server-only'
import { cookies } from 'next/headers'
import { container } from '#lib/composition/container.ts'
import { cookieOptions } from './cookie-options.ts'

const name = 'porte-cles-browser'
const lifeS = 30 * 24 * 3600
const shape = /^[\w-]{43}$/

/** The nonce that tells this browser from others; null when it never left for a consent page. */
export const readNonce = async (): Promise<string | null> => {
  const value = (await cookies()).get(name)?.value
  return value !== undefined && shape.test(value) ? value : null
}

/** The same, made first when there is none: one per browser, so that two tabs can leave side by side. */
export const ensureNonce = async (): Promise<string> => {
  const { random } = await container()
  const nonce = (await readNonce()) ?? random.secret()
  ;(await cookies()).set(name, nonce, await cookieOptions({ maxAge: lifeS }))
  return nonce
}
