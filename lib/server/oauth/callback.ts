import 'server-only'
import { container } from '#lib/composition/container.ts'
import type { User } from '#lib/domain/accounts/user.ts'
import { readAuthorizationResponse } from '#lib/domain/authorization/authorization-response.ts'
import type { FailureCode } from '#lib/domain/failure-codes.ts'
import type { CallbackResult } from '#lib/use-cases/authorization/handle-callback.ts'
import { currentUser } from '../auth/session.ts'
import { readNonce } from '../cookies/browser-nonce.ts'
import { clearNotice, leaveNotice } from '../cookies/flash.ts'
import { forgetWaitingCode, saveWaitingCode, type WaitingCode } from '../cookies/stateless-code.ts'
import { refusalPage } from '../http/error-page.ts'
import { homePathOf } from '../http/home-path.ts'
import { memoryRateLimit } from '../http/memory-rate-limit.ts'
import { requestIp } from '../http/request-ip.ts'
import { takeReturnPath } from './return-path.ts'

/** Attempts at a state: sixty a minute are answered in full. */
const rateLimit = memoryRateLimit(60, 60_000)

/** 303 to an address of ours without parameters. */
const seeOther = async (path: string): Promise<Response> => {
  const { publicUrl } = await container()
  const headers = { location: `${publicUrl}${path}`, 'cache-control': 'no-store', 'referrer-policy': 'no-referrer' }
  return new Response(null, { status: 303, headers })
}

const pageOf = (user: User | null) => (user === null ? '/connexion' : homePathOf(user.role))

const redirectWithNotice = async (code: FailureCode, user: User | null) => {
  await leaveNotice(code)
  return seeOther(pageOf(user))
}

/** Answers where a return led. */
const respondToCallback = async (result: CallbackResult, user: User | null): Promise<Response> => {
  switch (result.kind) {
    case 'parked':
      return seeOther('/connexion')
    case 'connected':
      await clearNotice()
      await forgetWaitingCode()
      return seeOther(await takeReturnPath())
    case 'failed': {
      const { clock } = await container()
      if (!result.known && !rateLimit.allow(clock.now())) return refusalPage(429, 'state_unknown', pageOf(user))
      return redirectWithNotice(result.code, user)
    }
  }
}

/** The redirect target of the consent page, by either of its two addresses. */
export const receive = async (request: Request, path: WaitingCode['path']): Promise<Response> => {
  const response = readAuthorizationResponse(new URL(request.url).search)
  const user = await currentUser()
  const { handleCallback } = await container()
  const callback = ({ state, iss }: { state: string; iss: string | null }) =>
    Promise.all([readNonce(), requestIp()]).then(([nonce, ip]) => ({
      provider: 'teamleader' as const,
      state,
      iss,
      nonce,
      user,
      ip,
    }))
  switch (response.kind) {
    case 'none':
      return seeOther(pageOf(user))
    case 'malformed':
      return refusalPage(400, 'parameters_malformed', pageOf(user))
    case 'impossible_state':
      return respondToCallback({ kind: 'failed', code: 'state_unknown', known: false }, user)
    case 'stateless':
      await saveWaitingCode(response.code, path)
      await clearNotice()
      return seeOther(pageOf(user))
    case 'refusal': {
      const code = response.error === 'access_denied' ? 'access_denied' : 'authorization_error'
      const { state, iss } = response
      if (state === null) return redirectWithNotice(code, user)
      return respondToCallback(await handleCallback.withRefusal(await callback({ state, iss }), code), user)
    }
    case 'code':
      return respondToCallback(await handleCallback.withCode(await callback(response), response.code), user)
  }
}

/** Exchanges the parked code of this browser for the user who is now signed in. */
export const finish = async (): Promise<Response> => {
  const user = await currentUser()
  if (!user) return seeOther('/connexion')
  const { handleCallback } = await container()
  return respondToCallback(
    await handleCallback.finishParked({ provider: 'teamleader', nonce: await readNonce(), user }),
    user,
  )
}
