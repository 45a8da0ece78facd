import 'server-only'
import { getLocale, getTranslations } from 'next-intl/server'
import { container } from '#lib/composition/container.ts'
import type { FailureCode } from '#lib/domain/failure-codes.ts'
import { leaveNotice } from '../cookies/flash.ts'
import { readTheme } from '../cookies/theme.ts'
import { plainPage } from './plain-page.ts'

/**
 * Answers a request that cannot be served with its status, and goes on to a page of ours at a clean address, where a
 * notice says the same.
 */
export const refusalPage = async (status: number, code: FailureCode, path: string): Promise<Response> => {
  const [t, locale, theme, { publicUrl }] = await Promise.all([
    getTranslations(`failures.${code}`),
    getLocale(),
    readTheme(),
    container(),
  ])
  // while our own side is at fault, going on would only fail again
  const goesOn = status < 500
  if (goesOn) await leaveNotice(code)
  const link = { href: `${publicUrl}${path}`, label: t('action') }
  const body = plainPage({ locale, title: t('cause'), text: t('fix'), link, goesOn, theme })
  const headers: Record<string, string> = {
    'content-type': 'text/html; charset=utf-8',
    'cache-control': 'no-store',
    'referrer-policy': 'no-referrer',
  }
  if (status === 429) headers['retry-after'] = '60'
  return new Response(body, { status, headers })
}
