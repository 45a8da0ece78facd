import type { Switches } from '#lib/sandbox/control/switches.ts'

type League = Switches['league']
type Wording = Pick<Switches, 'league' | 'error_shape'>
type Verdict = [error: keyof typeof texts, status: number]
type Case = {
  v9: Verdict
  v8: Verdict
  /** What the live endpoint was seen to answer in its own shape, where that is neither version's word. */
  seen?: Verdict
  hint?: string | Record<League, string> | ((subject: string) => string)
  text?: string
}

const texts = {
  invalid_request:
    'The request is missing a required parameter, includes an invalid parameter value, includes a parameter more than once, or is otherwise malformed.',
  invalid_client: 'Client authentication failed',
  invalid_grant:
    'The provided authorization grant (e.g., authorization code, resource owner credentials) or refresh token is invalid, expired, revoked, does not match the redirection URI used in the authorization request, or was issued to another client.',
  invalid_scope: 'The requested scope is invalid, unknown, or malformed',
  unsupported_grant_type: 'The authorization grant type is not supported by the authorization server.',
  access_denied: 'The resource owner or authorization server denied the request.',
}

const always = (error: Verdict[0], status: number, hint?: Case['hint']): Case => {
  const decision: Verdict = [error, status]
  return hint === undefined ? { v9: decision, v8: decision } : { v9: decision, v8: decision, hint }
}
const deadRefreshToken = (hint: string): Case => ({
  v9: ['invalid_grant', 400],
  v8: ['invalid_request', 401],
  seen: ['invalid_request', 400],
  hint,
  text: 'The refresh token is invalid.',
})
const deadCode = (hint: string): Case => ({ v9: ['invalid_grant', 400], v8: ['invalid_request', 400], hint })

/** Every way the provider says no, in the words of its probable server library, two major versions of it. */
const cases = {
  refreshTokenUnreadable: deadRefreshToken('Cannot decrypt the refresh token'),
  refreshTokenOfAnotherClient: deadRefreshToken('Token is not linked to client'),
  refreshTokenExpired: deadRefreshToken('Token has expired'),
  refreshTokenRevoked: deadRefreshToken('Token has been revoked'),
  clientUnknown: always('invalid_client', 401),
  codeUnreadable: always('invalid_request', 400, {
    v9: 'Issue decrypting the authorization code',
    v8: 'Cannot decrypt the authorization code',
  }),
  codeExpired: deadCode('Authorization code has expired'),
  codeRevoked: deadCode('Authorization code has been revoked'),
  codeOfAnotherClient: always('invalid_request', 400, 'Authorization code was not issued to this client'),
  redirectUriDiffers: always('invalid_request', 400, 'Invalid redirect URI'),
  verifierWithoutChallenge: always('invalid_request', 400, 'code_verifier received when no code_challenge is present'),
  verifierDiffers: deadCode('Failed to verify `code_verifier`.'),
  parameterMissing: always('invalid_request', 400, (name: string) => `Check the \`${name}\` parameter`),
  grantTypeUnsupported: always('unsupported_grant_type', 400, 'Check that all required parameters have been provided'),
  scopeInvalid: always('invalid_scope', 400, (scope: string) => `Check the \`${scope}\` scope`),
  consentRefused: always('access_denied', 401, 'The user denied the request'),
} satisfies Record<string, Case>

/** Thrown where the provider refuses; `subject` is the parameter or scope that the hint names. */
export class OAuthRefusal extends Error {
  readonly reason: keyof typeof cases
  readonly subject: string

  constructor(reason: keyof typeof cases, subject = '') {
    super(reason)
    this.reason = reason
    this.subject = subject
  }
}

type Worded = { status: number; error: Verdict[0]; body: Record<string, unknown> }

/** The library's own numbers; a dead refresh token has one of its own. */
const codes: Record<Verdict[0], number> = {
  unsupported_grant_type: 2,
  invalid_request: 3,
  invalid_client: 4,
  invalid_scope: 5,
  access_denied: 9,
  invalid_grant: 10,
}
const deadRefreshTokenCode = 8

/** In the shape of Teamleader's API, or in that of RFC 6749 section 5.2. */
export function formatRefusal(refusal: OAuthRefusal, { league, error_shape }: Wording): Worded {
  return error_shape === 'errors' ? wordAsApi(refusal, league) : wordAsOAuth(refusal, league)
}

function wordAsApi({ reason, subject }: OAuthRefusal, league: League): Worded {
  const refused: Case = cases[reason]
  const [error, status] = refused.seen ?? refused[league]
  const hint = formatHint(refused.hint, league, subject)
  const code = refused.seen ? deadRefreshTokenCode : codes[error]
  const meta = { type: error, ...(hint === undefined ? {} : { hint }) }
  return { status, error, body: { errors: [{ code, title: refused.text ?? texts[error], status, meta }] } }
}

export function wordAsOAuth(
  { reason, subject }: OAuthRefusal,
  league: League,
): Worded & { body: Record<string, string> } {
  const refused: Case = cases[reason]
  const [error, status] = refused[league]
  const text = refused.text ?? texts[error]
  const hint = formatHint(refused.hint, league, subject)
  return {
    status,
    error,
    body: {
      error,
      error_description: text,
      ...(hint === undefined ? {} : { hint }),
      ...(league === 'v8' ? { message: text } : {}),
    },
  }
}

function formatHint(hint: Case['hint'], league: League, subject: string): string | undefined {
  if (typeof hint === 'function') return hint(subject)
  return typeof hint === 'object' ? hint[league] : hint
}
