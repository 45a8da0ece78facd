import './_ui/styles/tokens.css'
import './_ui/styles/base.css'
import './_ui/styles/icons.css'
import './_ui/styles/shell.css'
import './_ui/styles/status.css'
import './_ui/styles/button.css'
import './_ui/styles/form.css'
import './_ui/styles/choice.css'
import './_ui/styles/notice.css'
import './_ui/styles/table.css'
import './_ui/styles/console.css'
import './_ui/styles/filter.css'
import './_ui/styles/journal.css'
import './_ui/styles/connection.css'
import './_ui/styles/entrance.css'
import './_ui/styles/people.css'
import './_ui/styles/guide.css'
import './_ui/styles/drawing.css'
import type { Metadata, Viewport } from 'next'
import { getLocale, getTranslations } from 'next-intl/server'
import type { ReactNode } from 'react'

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
      <body>{children}</body>
    </html>
  )
}
