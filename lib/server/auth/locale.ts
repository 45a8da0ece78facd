import 'server-only'
import { headers } from 'next/headers'
import { container } from '#lib/composition/container.ts'
import { noteRequestRead } from '#lib/composition/http/action-status.ts'
import { type Locale, locales } from '#lib/domain/accounts/user.ts'
import { acceptedLocale } from '#lib/i18n/accepted-locale.ts'
import { ownCookie } from '../cookies/own-cookie.ts'
import { currentUser } from './session.ts'

const cookie = ownCookie({ name: 'porte-cles-locale', maxAge: 365 * 24 * 3600 })

const isLocale = (text: string | null): text is Locale => locales.some((locale) => locale === text)

/** The user's own language, else the one chosen in this browser, else the one it asks for. */
export const requestLocale = async (): Promise<Locale> => {
  noteRequestRead()
  const user = await currentUser()
  if (user) return user.locale
  const chosen = await cookie.read()
  return isLocale(chosen) ? chosen : acceptedLocale((await headers()).get('accept-language'))
}

/** Keeps a choice in this browser, and with the user if somebody is signed in; anything unknown changes nothing. */
export const saveLocale = async (chosen: string): Promise<void> => {
  if (!isLocale(chosen)) return
  const { store } = await container()
  await cookie.write(chosen)
  const user = await currentUser()
  if (user) await store.accounts.setLocale(user.id, chosen)
}
