import './_ui/styles/tokens.css'
import './_ui/styles/base.css'
import './_ui/styles/parts/icons.css'
import './_ui/styles/parts/shell.css'
import './_ui/styles/parts/status.css'
import './_ui/styles/parts/button.css'
import './_ui/styles/parts/form.css'
import './_ui/styles/parts/choice.css'
import './_ui/styles/parts/notice.css'
import './_ui/styles/parts/table.css'
import './_ui/styles/parts/console.css'
import './_ui/styles/parts/open-row.css'
import './_ui/styles/parts/filter.css'
import './_ui/styles/parts/journal.css'
import './_ui/styles/parts/connection.css'
import './_ui/styles/pages/auth.css'
import './_ui/styles/pages/users.css'
import './_ui/styles/pages/account.css'
import './_ui/styles/pages/guide.css'
import './_ui/styles/pages/keys.css'
import './_ui/styles/pages/sync.css'
import './_ui/styles/pages/drawing.css'
import './_ui/styles/print.css'
import type { Metadata, Viewport } from 'next'
import { getLocale, getTranslations } from 'next-intl/server'
import type { ReactNode } from 'react'
import { readTheme } from '#lib/server/cookies/theme.ts'
import { colorSchemes } from '#lib/server/cookies/themes.ts'
import { PageGuard } from './_ui/forms/page-guard.tsx'

export const generateMetadata = async (): Promise<Metadata> => {
  const t = await getTranslations('meta')
  return {
    title: { template: `%s · ${t('name')}`, default: t('name') },
    description: t('description'),
    robots: { index: false, follow: false },
    formatDetection: { telephone: false, email: false, address: false },
  }
}

/** The bars of the browser, in the colour of the paper. */
const barColors = { light: '#eff3ed', dark: '#121815' } as const

export const generateViewport = async (): Promise<Viewport> => {
  const theme = await readTheme()
  const dark = { media: '(prefers-color-scheme: dark)', color: barColors.dark }
  return {
    colorScheme: colorSchemes[theme],
    themeColor: theme === 'system' ? [dark, { color: barColors.light }] : barColors[theme],
  }
}

export default async function RootLayout({ children }: { children: ReactNode }) {
  const [locale, theme] = await Promise.all([getLocale(), readTheme()])
  return (
    <html lang={locale} data-theme={theme === 'system' ? undefined : theme}>
      <body>
        {children}
        <PageGuard leave={(await getTranslations('shell'))('leave')} />
      </body>
    </html>
  )
}
