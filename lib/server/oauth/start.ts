import 'server-only'
import { cache } from 'react'
import { container } from '#lib/composition/container.ts'
import type { Admin } from '#lib/domain/accounts/user.ts'
import { stateCookieMs } from '#lib/domain/authorization/pending-authorization.ts'
import type { Through } from '#lib/domain/connections/connection-view.ts'
import { requireAdmin } from '../auth/session.ts'
import { ensureNonce, readNonce } from '../cookies/browser-nonce.ts'
import { ownCookie } from '../cookies/own-cookie.ts'

const cookie = ownCookie({
  name: 'porte-cles-departure',
  path: '/oauth/depart',
  sameSite: 'strict',
  maxAge: stateCookieMs / 1000,
})

/** Begins an authorization; its state travels to our start page in a cookie, never in an address of ours. */
export const redirectToConsent = async (admin: Admin, through: Through): Promise<void> => {
  const { startAuthorization } = await container()
  const state = await startAuthorization.begin(admin, 'teamleader', await ensureNonce(), through)
  await cookie.write(state)
}

/** Where the start page goes on to; null when there is nothing (any more) to go on with. Changes nothing. */
export const readStart = cache(async (): Promise<{ url: string } | null> => {
  const admin = await requireAdmin()
  const state = await cookie.read()
  const nonce = await readNonce()
  if (!state || !nonce) return null
  const { startAuthorization } = await container()
  const url = await startAuthorization.destination(admin, 'teamleader', state, nonce)
  return url === null ? null : { url }
})
