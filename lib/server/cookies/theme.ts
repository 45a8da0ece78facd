import 'server-only'
import { ownCookie } from './own-cookie.ts'
import { type Theme, themes } from './themes.ts'

const cookie = ownCookie({ name: 'porte-cles-theme', maxAge: 365 * 24 * 3600 })

/** What was chosen in this browser. */
export const readTheme = async (): Promise<Theme> => {
  const chosen = await cookie.read()
  return themes.find((theme) => theme === chosen) ?? 'system'
}

/** Anything unknown changes nothing. */
export const saveTheme = async (chosen: string): Promise<void> => {
  const theme = themes.find((one) => one === chosen)
  if (theme === 'system') await cookie.clear()
  else if (theme) await cookie.write(theme)
}
