import type { IncomingMessage } from 'node:http'

/** Why a request is refused before any handler sees it. */
export interface Refusal {
  status: 400 | 405 | 408 | 413 | 414 | 417 | 431
  code:
    | 'request_malformed'
    | 'request_too_slow'
    | 'expectation_unknown'
    | 'host_missing'
    | 'target_malformed'
    | 'target_too_long'
    | 'headers_too_many'
    | 'headers_too_long'
    | 'method_not_allowed'
    | 'body_too_large'
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
  headers: { host },
  httpVersion,
}: Pick<IncomingMessage, 'method' | 'url' | 'rawHeaders' | 'headers' | 'httpVersion'>): Refusal | null => {
  if (!allowedMethods.includes(method)) return { status: 405, code: 'method_not_allowed' }
  if (url.length > longestTarget) return { status: 414, code: 'target_too_long' }
  if (url.split('&').length > mostParameters || !isWellFormed(url)) return { status: 400, code: 'target_malformed' }
  // RFC 9112, 3.2
  if (host === undefined && httpVersion === '1.1') return { status: 400, code: 'host_missing' }
  return rawHeaders.length > 2 * mostHeaders ? { status: 431, code: 'headers_too_many' } : null
}
