import 'server-only'
import { container } from '#lib/composition/container.ts'
import type { OidcChecks } from '#lib/ports/accounts.ts'
import { ownCookie } from '../../cookies/own-cookie.ts'

/** What the return of a sign-in must fit, and where it goes on to. */
export interface OidcReturn {
  checks: OidcChecks
  deepLink: string | null
  /** The id of whoever confirms that it is them. */
  confirms: string | null
}

/** Sent along by the provider's redirect, which comes from elsewhere. */
const cookie = ownCookie({ name: 'porte-cles-oidc-checks', path: '/api/auth/callback', maxAge: 15 * 60 })
const context = { purpose: 'oidc_checks' } as const

export const writeOidcReturn = async (expected: OidcReturn): Promise<void> => {
  const { vault } = await container()
  await cookie.write(await vault.seal(JSON.stringify(expected), context))
}

/** Null in a browser where no sign-in is under way. */
export const readOidcReturn = async (): Promise<OidcReturn | null> => {
  const sealed = await cookie.read()
  const { vault } = await container()
  const opened = sealed ? await vault.open(sealed, context).catch(() => null) : null
  return opened ? (JSON.parse(opened) as OidcReturn) : null
}

/** A return is received once. */
export const forgetOidcReturn = cookie.clear
