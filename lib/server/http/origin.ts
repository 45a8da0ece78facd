import { Failure } from '#lib/domain/failure.ts'

/**
 * Only our own pages may post. Browsers send `Origin` with every POST; from a page under `no-referrer` a plain form
 * sends `null`, and `Sec-Fetch-Site`, which no page can forge, then says whose page it was.
 *
 * @see https://www.rfc-editor.org/rfc/rfc6454#section-7
 * @throws Failure `foreign_origin`
 */
export const requireOwnOrigin = (headers: Pick<Headers, 'get'>, publicUrl: string): void => {
  const origin = headers.get('origin')
  const own = origin === publicUrl || (origin === 'null' && headers.get('sec-fetch-site') === 'same-origin')
  if (!own) throw new Failure('foreign_origin')
}
