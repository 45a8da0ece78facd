import 'server-only'
import { cookies } from 'next/headers'
import { container } from '#lib/composition/container.ts'
import { type Locale, locales } from '#lib/domain/accounts/user.ts'
import { currentUser } from './session.ts'

const name = 'locale'
const lifeS = 365 * 24 * 3600

const isLocale = (text: string | undefined): text is Locale => locales.some((locale) => locale === text)

/** The user's own language, else the one this browser chose, else French. */
export const requestLocale = async (): Promise<Locale> => {
  const user = await currentUser()
  if (user) return user.locale
  const chosen = (await cookies()).get(name)?.value
  return isLocale(chosen) ? chosen : 'fr'
}

/** Keeps a choice in this browser, and with the user if somebody is signed in; anything unknown changes nothing. */
export const saveLocale = async (chosen: string): Promise<void> => {
  if (!isLocale(chosen)) return
  const { store, publicUrl } = await container()
  const secure = publicUrl.startsWith('https:')
  ;(await cookies()).set(name, chosen, { maxAge: lifeS, path: '/', sameSite: 'lax', httpOnly: true, secure })
  const user = await currentUser()
  if (user) await store.accounts.setLocale(user.id, chosen)
}
