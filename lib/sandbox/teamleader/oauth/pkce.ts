import { createHash } from 'node:crypto'
import type { Code } from '#lib/sandbox/state.ts'
import { OAuthRefusal } from './oauth-error.ts'

/** The challenge of a request, or why it is refused: there is none, or it is no hash. @see RFC 7636 §4.3 */
export function readChallenge(query: URLSearchParams, required: boolean): string | OAuthRefusal | undefined {
  const challenge = query.get('code_challenge') ?? undefined
  if (challenge === undefined) return required ? new OAuthRefusal('parameterMissing', 'code_challenge') : undefined
  if (query.get('code_challenge_method') === 'S256') return challenge
  return new OAuthRefusal('parameterMissing', 'code_challenge_method')
}

/** The library's check; its older version lets a verifier pass that nobody asked for. @see RFC 7636 §4.6 */
export function checkVerifier({ challenge }: Code, verifier: string | undefined, league: 'v8' | 'v9'): void {
  if (challenge === undefined) {
    if (verifier && league === 'v9') throw new OAuthRefusal('verifierWithoutChallenge')
    return
  }
  if (!verifier) throw new OAuthRefusal('parameterMissing', 'code_verifier')
  if (createHash('sha256').update(verifier).digest('base64url') !== challenge) throw new OAuthRefusal('verifierDiffers')
}
