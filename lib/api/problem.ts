import type { KeyRefusal } from '#lib/domain/api-keys/api-key.ts'

/** What the API refuses before a use case is asked; what use cases refuse is in `server/http/route-handler.ts`. */
const statuses = {
  body_malformed: 400,
  tenant_missing: 400,
  unauthorized: 401,
  scope_missing: 403,
  tenant_unknown: 404,
  provider_unknown: 404,
  not_found: 404,
  method_not_allowed: 405,
  body_too_large: 413,
} as const satisfies Record<KeyRefusal, number> & Record<string, number>

export type Refusal = keyof typeof statuses

/**
 * A problem without words, since those who read it are programs.
 *
 * @see https://www.rfc-editor.org/rfc/rfc9457#section-3
 */
export const refuse = (code: Refusal, more: Record<string, string> = {}): Response => {
  const status = statuses[code]
  const headers = { 'content-type': 'application/problem+json', 'cache-control': 'no-store', ...more }
  return new Response(JSON.stringify({ status, code }), { status, headers })
}

/** A key is missing, wrong or revoked: which one of these is not said. */
export const refuseKey = (refusal: KeyRefusal): Response =>
  refusal === 'unauthorized' ? refuse(refusal, { 'www-authenticate': 'Bearer' }) : refuse(refusal)
