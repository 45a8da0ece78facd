import 'server-only'
import { container } from '#lib/composition/container.ts'
import {
  type KnownBrowser,
  knownBrowserLifeMs,
  readKnownBrowser,
  rememberUser,
  writeKnownBrowser,
} from '#lib/domain/accounts/known-browser.ts'
import { ownCookie } from './own-cookie.ts'

const cookie = ownCookie({ name: 'porte-cles-known', maxAge: knownBrowserLifeMs / 1000 })
const context = { purpose: 'known_browser' } as const

/** By whom this browser was used before; null when it was not, or when its cookie does not open (any more). */
export const knownBrowser = async (): Promise<KnownBrowser | null> => {
  const sealed = await cookie.read()
  if (!sealed) return null
  const { vault } = await container()
  const opened = await vault.open(sealed, context).catch(() => null)
  return opened ? readKnownBrowser(opened) : null
}

/** This user signed in by this browser. */
export const rememberBrowser = async (userId: string): Promise<void> => {
  const { vault, random, clock } = await container()
  const browser = (await knownBrowser()) ?? { id: random.secret(), users: [] }
  const sealed = await vault.seal(writeKnownBrowser(rememberUser(browser, userId, clock.now())), context)
  await cookie.write(sealed)
}
