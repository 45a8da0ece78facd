import { createTranslator } from 'next-intl'
import { acceptedLocale } from '#lib/i18n/accepted-locale.ts'
import { messages } from '#lib/i18n/messages.ts'
import { plainPage } from './plain-page.ts'

/**
 * A foreign Origin, which Next would answer with 500; each action still judges its own. Null lets the request pass.
 */
export const refusedAhead = ({ method, headers }: Pick<Request, 'method' | 'headers'>, publicUrl: string) => {
  if (method === 'GET' || method === 'HEAD') return null
  const origin = headers.get('origin')
  return origin !== null && origin !== 'null' && origin !== publicUrl ? 403 : null
}

/** For who posts from a page that was opened under another host: where Porte-clés is. Our cookies are another host's. */
export const foreignHostPage = (accepted: string | null, publicUrl: string): string => {
  const locale = acceptedLocale(accepted)
  const t = createTranslator({ locale, messages: messages[locale], namespace: 'problem.elsewhere' })
  const link = { href: publicUrl, label: t('action', { url: publicUrl }) }
  return plainPage({
    locale,
    title: t('cause'),
    text: t('fix', { url: publicUrl }),
    link,
    goesOn: false,
    theme: 'system',
  })
}
