import { getLocale, getTranslations } from 'next-intl/server'
import type { Locale } from '#lib/domain/accounts/user.ts'
import { chooseLocale } from '#lib/server/actions/sign-in.ts'

/** Each language is named in itself. */
const names: Record<Locale, string> = { fr: 'Français', nl: 'Nederlands', en: 'English' }

export const LanguageSwitch = async () => {
  const [current, t] = await Promise.all([getLocale(), getTranslations('shell')])
  return (
    <form action={chooseLocale}>
      <ul className="preference" aria-label={t('language')}>
        {Object.entries(names).map(([locale, name]) => (
          <li key={locale}>
            <button
              type="submit"
              className="link"
              name="locale"
              value={locale}
              lang={locale}
              aria-current={locale === current || undefined}
            >
              {name}
            </button>
          </li>
        ))}
      </ul>
    </form>
  )
}
