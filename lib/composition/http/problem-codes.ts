interface ProblemType {
  status: number
  title: string
}

/** Every refusal a program can be answered, by its code: a code never changes its meaning. */
export const problemTypes = {
  // of the request, before a route sees it
  request_malformed: { status: 400, title: 'The request is not HTTP that can be read' },
  host_missing: { status: 400, title: 'The request has no Host header' },
  target_malformed: { status: 400, title: 'The path or the query cannot be read' },
  request_too_slow: { status: 408, title: 'The request did not arrive in time' },
  target_too_long: { status: 414, title: 'The path and the query are longer than 8 KiB' },
  expectation_unknown: { status: 417, title: 'The Expect header asks for something unknown' },
  headers_too_many: { status: 431, title: 'The request has more than 100 headers' },
  headers_too_long: { status: 431, title: 'The headers are too long' },
  not_found: { status: 404, title: 'Nothing is served at this path' },
  method_not_allowed: { status: 405, title: 'The path is not served with this method' },
  // of who asks
  tenant_missing: { status: 400, title: 'A key of the platform must name a tenant' },
  unauthorized: { status: 401, title: 'The API key is missing, wrong, expired or revoked' },
  scope_missing: { status: 403, title: 'The API key lacks the scope' },
  tenant_unknown: { status: 404, title: 'The key knows no such tenant' },
  // of what is asked
  body_malformed: { status: 400, title: 'The body is not what this operation takes' },
  parameter_malformed: { status: 400, title: 'A parameter is not what this operation takes' },
  cursor_malformed: { status: 400, title: 'The cursor was not given for this list and tenant' },
  cursor_expired: { status: 410, title: 'The cursor is too old: begin again without one' },
  provider_unknown: { status: 404, title: 'There is no such provider' },
  record_unknown: { status: 404, title: 'There is no record with this id' },
  body_too_large: { status: 413, title: 'The body is too large' },
  path_refused: { status: 400, title: 'The path leaves what may be called at the provider' },
  provider_redirect: { status: 502, title: 'The provider answered with a redirect, which is not followed' },
  rate_limited: { status: 429, title: 'Too many requests' },
  // of the connection
  not_connected: { status: 404, title: 'No account is connected' },
  connection_disabled: { status: 409, title: 'The connection is paused' },
  reconnect_required: { status: 409, title: 'The customer has to connect again' },
  misconfigured: { status: 409, title: 'The customer has to correct the settings' },
  provider_unavailable: { status: 503, title: 'The provider does not answer' },
  storage_unavailable: { status: 503, title: 'The database does not answer' },
  unexpected: { status: 500, title: 'A fault of this program' },
} as const satisfies Record<string, ProblemType>

export type ProblemCode = keyof typeof problemTypes

export const isProblemCode = (code: string): code is ProblemCode => Object.hasOwn(problemTypes, code)

/**
 * The members of a problem; its type is where the code is explained.
 *
 * @see https://www.rfc-editor.org/rfc/rfc9457#section-3
 */
export const problemOf = (code: ProblemCode) => ({ type: `/api/docs#${code}`, ...problemTypes[code], code })
