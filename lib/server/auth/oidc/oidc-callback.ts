import 'server-only'
import { container } from '#lib/composition/container.ts'
import { readOidcIdentity } from '#lib/domain/accounts/oidc-identity.ts'
import { Failure } from '#lib/domain/failure.ts'
import type { FailureCode } from '#lib/domain/failure-codes.ts'
import { signInNotice } from '../../cookies/flash.ts'
import { requestClient } from '../../http/request-ip.ts'
import { signInPathFor } from '../deep-link.ts'
import { postSignInPath } from '../post-sign-in.ts'
import { saveSession } from '../session.ts'
import { logOidcFailure } from './oidc-failure.ts'
import { forgetOidcReturn, readOidcReturn } from './oidc-return.ts'

/** 303 to an address of ours without parameters. */
const seeOther = async (path: string): Promise<Response> => {
  const { publicUrl } = await container()
  const headers = { 'cache-control': 'no-store', 'referrer-policy': 'no-referrer', location: `${publicUrl}${path}` }
  return new Response(null, { status: 303, headers })
}

/**
 * The redirect target of the company's provider.
 *
 * @throws Failure `too_many_attempts`, `oidc_…`
 */
export const receiveOidc = async (request: Request): Promise<Response> => {
  const { oidc, signInWithOidc, sessions } = await container()
  const from = await requestClient()
  await signInWithOidc.allow(from.ip)
  const expected = await readOidcReturn()
  // without it the provider need not be asked
  if (!oidc || !expected) throw new Failure('oidc_interrupted')
  const claims = await oidc.finish(new URL(request.url).search, expected.checks).catch(logOidcFailure)
  const identity = readOidcIdentity(claims)
  if (!identity) throw new Failure('oidc_unavailable')
  const session = await signInWithOidc.begin(identity, from)
  if (expected.confirms !== null && expected.confirms !== session.user.id) {
    await sessions.end(session.id, from.ip)
    throw new Failure('oidc_other_identity')
  }
  await forgetOidcReturn()
  await saveSession(session)
  return seeOther(await postSignInPath(session.user, expected.deepLink))
}

/** What fails is formatted where one signs in. */
export const redirectOidcFailure = async (_status: number, code: FailureCode): Promise<Response> => {
  const expected = await readOidcReturn()
  await forgetOidcReturn()
  await signInNotice.leave(code)
  return seeOther(signInPathFor(expected?.deepLink ?? null))
}
