import 'server-only'
import type { User } from '#lib/domain/user.ts'
import { readNonce } from './browser-nonce.ts'
import { container } from './container.ts'
import { homeOf } from './home.ts'

/** Where somebody goes on to who just signed in: a code that came back while nobody was signed in waits for its user. */
export const landingOf = async ({ role }: User): Promise<string> => {
  const { comeBack } = await container()
  return (await comeBack.hasParked(await readNonce())) ? '/oauth/callback/suite' : homeOf(role)
}
