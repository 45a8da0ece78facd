/** Why a form got no answer of ours. */
export type LostReason = 'offline' | 'outdated' | 'elsewhere' | 'unexpected'

/**
 * Tells an update since the page was opened, a page opened under another host, and a request that never arrived.
 *
 * @see https://nextjs.org/docs/messages/failed-to-find-server-action
 * @see https://fetch.spec.whatwg.org/#fetch-method a network error rejects with a TypeError
 */
export const lostReason = (
  error: unknown,
  { opened, publicUrl }: Record<'opened' | 'publicUrl', string>,
): LostReason => {
  if (error instanceof Error && error.name === 'UnrecognizedActionError') return 'outdated'
  if (opened !== publicUrl) return 'elsewhere'
  return error instanceof TypeError ? 'offline' : 'unexpected'
}
