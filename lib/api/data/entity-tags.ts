import { createHash } from 'node:crypto'

const digest = (text: string) => createHash('sha256').update(text).digest('base64url').slice(0, 22)

export const strongTag = (body: string) => `"${digest(body)}"`

export const weakTag = (...of: (string | number)[]) => `W/"${digest(of.join(' '))}"`

/**
 * Whether a client has this already, by the weak comparison.
 *
 * @see https://www.rfc-editor.org/rfc/rfc9110#section-13.1.2
 */
export const hasTag = (ifNoneMatch: string | undefined, tag: string): boolean => {
  if (ifNoneMatch === undefined) return false
  if (ifNoneMatch.trim() === '*') return true
  const opaque = (text: string) => text.trim().replace(/^W\//, '')
  return ifNoneMatch.split(',').some((one) => opaque(one) === opaque(tag))
}
