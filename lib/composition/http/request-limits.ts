import type { IncomingMessage } from 'node:http'

/** Why a request is refused before any handler sees it. */
export interface Refusal {
  status: 400 | 405 | 413 | 414 | 431
  code: 'target_malformed' | 'target_too_long' | 'headers_too_many' | 'method_not_allowed' | 'body_too_large'
}

export const allowedMethods = ['GET', 'HEAD', 'POST', 'PUT', 'PATCH', 'DELETE', 'OPTIONS']

const longestTarget = 8 * 1024
/** Next takes quadratic time in the number of query parameters. */
const mostParameters = 100
const mostHeaders = 100

const isDecodable = (path: string) => {
  try {
    decodeURIComponent(path)
    return true
  } catch {
    return false
  }
}

/** In origin form, of the characters that a target may have, and readable; queries are the routes' to judge. */
const isWellFormed = (target: string) =>
  target.startsWith('/') && /^[!-~]+$/.test(target) && isDecodable(target.split('?', 1)[0] ?? '')

/**
 * What Next would take long over, or answer with 500. Null lets the request pass.
 *
 * @see https://www.rfc-editor.org/rfc/rfc9112#section-3
 */
export const findRefusal = ({
  method = '',
  url = '',
  rawHeaders,
}: Pick<IncomingMessage, 'method' | 'url' | 'rawHeaders'>): Refusal | null => {
  if (!allowedMethods.includes(method)) return { status: 405, code: 'method_not_allowed' }
  if (url.length > longestTarget) return { status: 414, code: 'target_too_long' }
  if (url.split('&').length > mostParameters || !isWellFormed(url)) return { status: 400, code: 'target_malformed' }
  return rawHeaders.length > 2 * mostHeaders ? { status: 431, code: 'headers_too_many' } : null
}
