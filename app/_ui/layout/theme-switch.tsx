import { getTranslations } from 'next-intl/server'
import { chooseTheme } from '#lib/server/actions/sign-in.ts'
import { readTheme } from '#lib/server/cookies/theme.ts'
import { themes } from '#lib/server/cookies/themes.ts'

/** Paper by day or by night, or as the device is set. */
export const ThemeSwitch = async () => {
  const [current, t] = await Promise.all([readTheme(), getTranslations('shell')])
  return (
    <form action={chooseTheme}>
      <ul className="preference" aria-label={t('theme')}>
        {themes.map((theme) => (
          <li key={theme}>
            <button
              type="submit"
              className="link"
              name="theme"
              value={theme}
              aria-current={theme === current || undefined}
            >
              {t(`themes.${theme}`)}
            </button>
          </li>
        ))}
      </ul>
    </form>
  )
}
