import 'server-only'
import { container } from '#lib/composition/container.ts'
import type { User } from '#lib/domain/accounts/user.ts'
import { readNonce } from '../cookies/browser-nonce.ts'
import { homeOf } from '../http/home-path.ts'

/** Where somebody goes on to who just signed in: a code that came back while nobody was signed in waits for its user. */
export const landingOf = async ({ role }: User): Promise<string> => {
  const { comeBack } = await container()
  return (await comeBack.hasParked(await readNonce())) ? '/oauth/callback/suite' : homeOf(role)
}
