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
import './_ui/styles/parts/filter.css'
import './_ui/styles/parts/journal.css'
import './_ui/styles/parts/connection.css'
import './_ui/styles/pages/auth.css'
import './_ui/styles/pages/users.css'
import './_ui/styles/pages/account.css'
import './_ui/styles/pages/guide.css'
import './_ui/styles/pages/drawing.css'
import type { Metadata, Viewport } from 'next'
import { getLocale, getTranslations } from 'next-intl/server'
import type { ReactNode } from 'react'
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

export const viewport: Viewport = {
  colorScheme: 'light dark',
  themeColor: [
    { media: '(prefers-color-scheme: light)', color: '#eff3ed' },
    { media: '(prefers-color-scheme: dark)', color: '#121815' },
  ],
}

export default async function RootLayout({ children }: { children: ReactNode }) {
  return (
    <html lang={await getLocale()}>
      <body>
        {children}
        <PageGuard leave={(await getTranslations('shell'))('leave')} />
      </body>
    </html>
  )
}
