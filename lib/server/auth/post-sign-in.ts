import 'server-only'
import { container } from '#lib/composition/container.ts'
import type { User } from '#lib/domain/accounts/user.ts'
import { readNonce } from '../cookies/browser-nonce.ts'
import { homePathOf } from '../http/home-path.ts'

/**
 * Where somebody goes on to who just signed in: a code that came back while nobody was signed in waits for its user.
 *
 * @param deepLink the page of ours that they had asked for
 */
export const postSignInPath = async ({ role }: User, deepLink: string | null): Promise<string> => {
  const { handleCallback } = await container()
  return (await handleCallback.hasParked(await readNonce())) ? '/oauth/callback/suite' : (deepLink ?? homePathOf(role))
}
