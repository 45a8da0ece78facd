import type { TokenOutcome } from './token-response.ts'

/**
 * Sends with the first secret and, only when the client is refused with it, with the next one: who is not authenticated has
 * spent neither code nor refresh token (RFC 6749 section 5.2, `invalid_client`).
 *
 * @param late what is said instead of the next request where it may not leave any more
 */
export const sendWithSecrets = async <T extends { outcome: TokenOutcome }>(
  secrets: readonly string[],
  send: (secret: string) => Promise<T>,
  late: (refused: T) => T | null = () => null,
): Promise<T> => {
  const [first = '', ...others] = secrets
  let answer = await send(first)
  for (const secret of others) {
    if (answer.outcome.kind !== 'misconfigured' || answer.outcome.error !== 'invalid_client') return answer
    const instead = late(answer)
    if (instead) return instead
    answer = await send(secret)
  }
  return answer
}
