const refusals = {
  invalid_request: [
    400,
    'The request is missing a required parameter, includes an invalid parameter value, includes a parameter more than once, or is otherwise malformed.',
  ],
  invalid_client: [
    401,
    'Client authentication failed (e.g., unknown client, no client authentication included, or unsupported authentication method).',
  ],
  invalid_scope: [400, 'The requested scope is invalid, unknown, or malformed.'],
  unsupported_grant_type: [400, 'The authorization grant type is not supported by the authorization server.'],
} satisfies Record<string, [status: number, description: string]>

/** Thrown where téo's token endpoint refuses. @see RFC 6749 §5.2 */
export class TokenRefusal extends Error {
  readonly error: keyof typeof refusals

  constructor(error: keyof typeof refusals) {
    super(error)
    this.error = error
  }
}

export function formatTokenRefusal({ error }: TokenRefusal, headers: Record<string, string>): Response {
  const [status, error_description] = refusals[error]
  const challenge = status === 401 ? { 'www-authenticate': 'Basic realm="auth.teoapp.fr"' } : {}
  return Response.json({ error, error_description }, { status, headers: { ...headers, ...challenge } })
}
