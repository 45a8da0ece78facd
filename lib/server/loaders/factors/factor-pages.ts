import 'server-only'
import { redirect } from 'next/navigation'
import { container } from '#lib/composition/container.ts'
import type { Passkey, RecoveryCodes } from '#lib/domain/factors/factor.ts'
import { awaitedPath } from '#lib/server/auth/awaited-path.ts'
import { deepLinkOf } from '#lib/server/auth/deep-link.ts'
import { postSignInPath } from '#lib/server/auth/post-sign-in.ts'
import { currentSession, requireUser } from '#lib/server/auth/session.ts'
import { homePathOf } from '#lib/server/http/home-path.ts'

/** Who is asked for a second factor, and what for; whoever is not is sent on. @param asked the page to go on to */
export const readChallenge = async (asked: string) => {
  const session = await currentSession()
  if (!session) return redirect('/connexion')
  if (session.awaits !== 'second_factor')
    return redirect(session.awaits ? awaitedPath(session.awaits, deepLinkOf(asked)) : '/')
  const { secondFactor } = await container()
  return { email: session.user.email, next: deepLinkOf(asked) ?? '', offers: await secondFactor.offers(session) }
}

/** Setting a second factor up: of one's own accord, or because there is no going on without. */
export const readEnrolment = async (asked: string) => {
  const session = await currentSession()
  if (!session) return redirect('/connexion')
  if (session.awaits === 'second_factor') return redirect(awaitedPath('second_factor', deepLinkOf(asked)))
  const { user, awaits } = session
  const { manageFactors } = await container()
  const enrolling = awaits === 'enrolment'
  const path = await postSignInPath(user, deepLinkOf(asked))
  return {
    enrolling,
    offer: await manageFactors.offerTotp(user, null),
    /** Where to go on to once it is done; still so when it is done, and nobody is enrolling any more. */
    onward: enrolling || path !== homePathOf(user.role) ? path : '/mon-compte',
  }
}

export type Enrolment = Awaited<ReturnType<typeof readEnrolment>>

export interface FactorOverview {
  required: boolean
  totp: { createdAt: Date; usedAt: Date | null } | null
  passkeys: Pick<Passkey, 'id' | 'name' | 'createdAt' | 'usedAt'>[]
  codes: RecoveryCodes
  now: Date
}

/** One's own factors, without their secrets. */
export const readFactors = async (): Promise<FactorOverview> => {
  const user = await requireUser()
  const { manageFactors, clock } = await container()
  const { totp, passkeys, codes } = await manageFactors.read(user)
  return {
    required: manageFactors.isRequired(user),
    totp: totp && { createdAt: totp.createdAt, usedAt: totp.usedAt },
    passkeys: passkeys.map(({ id, name, createdAt, usedAt }) => ({ id, name, createdAt, usedAt })),
    codes,
    now: clock.now(),
  }
}
