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

const rememberedBy = async (userId: string): Promise<string> => {
  const { vault, random, clock } = await container()
  const browser = (await knownBrowser()) ?? { id: random.secret(), users: [] }
  return vault.seal(writeKnownBrowser(rememberUser(browser, userId, clock.now())), context)
}

/** This user signed in by this browser. */
export const rememberBrowser = async (userId: string): Promise<void> => cookie.write(await rememberedBy(userId))

/** The same as a `Set-Cookie` header. */
export const knownBrowserHeader = async (userId: string): Promise<string> => cookie.header(await rememberedBy(userId))
