import 'server-only'
import { getLocale, getTranslations } from 'next-intl/server'
import { container } from '#lib/composition/container.ts'
import type { FailureCode } from '#lib/domain/failure-codes.ts'
import { leaveNotice } from '../cookies/flash.ts'

const escapeHtml = (text: string) => text.replace(/[&<>"']/g, (sign) => `&#${sign.charCodeAt(0)};`)

/**
 * Answers a request that cannot be served with its status, and goes on to a page of ours at a clean address, where a
 * notice says the same.
 */
export const refusalPage = async (status: number, code: FailureCode, path: string): Promise<Response> => {
  const [t, locale, { publicUrl }] = await Promise.all([getTranslations(`failures.${code}`), getLocale(), container()])
  // while our own side is at fault, going on would only fail again
  const goesOn = status < 500
  if (goesOn) await leaveNotice(code)
  const href = escapeHtml(`${publicUrl}${path}`)
  const [cause, fix, action] = [t('cause'), t('fix'), t('action')].map(escapeHtml)
  const body = `<!doctype html>
<html lang="${locale}">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<meta name="color-scheme" content="light dark">
${goesOn ? `<meta http-equiv="refresh" content="0;url=${href}">` : ''}
<title>Porte-clés</title>
</head>
<body>
<main>
<h1>${cause}</h1>
<p>${fix}</p>
<p><a href="${href}">${action}</a></p>
</main>
</body>
</html>
`
  const headers: Record<string, string> = {
    'content-type': 'text/html; charset=utf-8',
    'cache-control': 'no-store',
    'referrer-policy': 'no-referrer',
  }
  if (status === 429) headers['retry-after'] = '60'
  return new Response(body, { status, headers })
}
