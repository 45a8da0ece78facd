import 'server-only'
import { cookies } from 'next/headers'
import { container } from '#lib/composition/container.ts'
import type { User } from '#lib/domain/accounts/user.ts'
import { Failure } from '#lib/domain/failure.ts'
import type { FailureCode } from '#lib/domain/failure-codes.ts'
import { signInNotice } from '../cookies/flash.ts'
import { knownBrowserHeader } from '../cookies/known-browser.ts'
import { requestIp } from '../http/request-ip.ts'
import { askNextAuth } from './auth-handler.ts'
import { signInPathFor } from './deep-link.ts'
import { failureOfReturn, oidcId } from './oidc-provider.ts'
import { readDeepLink } from './oidc-start.ts'
import { postSignInPath } from './post-sign-in.ts'
import { endOlderSession } from './session.ts'
import { authCookies } from './session-cookie.ts'

/**
 * 303 to an address of ours without parameters, with the cookies given. Whoever sets one by `cookies()` as well makes
 * Next write all of them anew, and lose what expires those of next-auth.
 */
const seeOther = async (path: string, given = new Headers()): Promise<Response> => {
  const { publicUrl } = await container()
  const headers = new Headers({ 'cache-control': 'no-store', 'referrer-policy': 'no-referrer' })
  for (const cookie of given.getSetCookie()) headers.append('set-cookie', cookie)
  headers.set('location', `${publicUrl}${path}`)
  return new Response(null, { status: 303, headers })
}

/**
 * The redirect target of the company's provider: next-auth verifies the return and hands over the session's cookie.
 *
 * @throws Failure `too_many_attempts`, `oidc_…`
 */
export const receiveOidc = async (request: Request): Promise<Response> => {
  const { signInWithOidc, publicUrl } = await container()
  await signInWithOidc.allow(await requestIp())
  // without it the provider need not be asked
  if (!(await cookies()).has(authCookies(publicUrl).state.name)) throw new Failure('oidc_interrupted')
  const refused = new URL(request.url).searchParams.get('error')
  if (refused !== null) throw failureOfReturn(refused)
  const opened: User[] = []
  const refusals: Failure[] = []
  const response = await askNextAuth(request, ['callback', oidcId], {
    onRefused: (failure) => refusals.push(failure),
    onOpened: ({ user }) => opened.push(user),
  })
  const [user] = opened
  if (!user) throw refusals[0] ?? new Failure('oidc_unavailable')
  await endOlderSession()
  response.headers.append('set-cookie', await knownBrowserHeader(user.id))
  return seeOther(await postSignInPath(user, await readDeepLink()), response.headers)
}

/** What fails is formatted where one signs in. */
export const redirectOidcFailure = async (_status: number, code: FailureCode): Promise<Response> => {
  await signInNotice.leave(code)
  return seeOther(signInPathFor(await readDeepLink()))
}
