import { type ProblemCode, problemOf } from '#lib/composition/http/problem-codes.ts'
import type { KeyRefusal, Scope } from '#lib/domain/api-keys/api-key.ts'

/** What the API refuses before a use case is asked; what use cases refuse is in `composition/problem.ts`. */
export const refuse = (code: ProblemCode, more: Record<string, string> = {}): Response => {
  const problem = problemOf(code)
  const headers = { 'content-type': 'application/problem+json', 'cache-control': 'no-store', ...more }
  return new Response(JSON.stringify(problem), { status: problem.status, headers })
}

/**
 * A key that does not let its holder in; whether it is wrong, expired or revoked is not said.
 *
 * @param presented whether the request came with credentials at all
 * @see https://www.rfc-editor.org/rfc/rfc6750#section-3
 */
export const refuseKey = (refusal: KeyRefusal, presented: boolean, anyOf: readonly Scope[]): Response => {
  const realm = 'Bearer realm="porte-cles"'
  if (refusal === 'unauthorized')
    return refuse(refusal, { 'www-authenticate': presented ? `${realm}, error="invalid_token"` : realm })
  if (refusal !== 'scope_missing') return refuse(refusal)
  return refuse(refusal, { 'www-authenticate': `${realm}, error="insufficient_scope", scope="${anyOf.join(' ')}"` })
}
