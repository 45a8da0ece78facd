import 'server-only'
import { cookies } from 'next/headers'
import { notFound, redirect } from 'next/navigation'
import { cache } from 'react'
import { container } from '#lib/composition/container.ts'
import type { Awaited, LiveSession, RenewedSession, Session } from '#lib/domain/accounts/session.ts'
import { isTenantId, type StoredTenant } from '#lib/domain/accounts/tenant.ts'
import type { Admin, Member, SupportUser, User } from '#lib/domain/accounts/user.ts'
import { Failure } from '#lib/domain/failure.ts'
import { rememberBrowser } from '../cookies/known-browser.ts'
import { setCookie } from '../cookies/submit-once.ts'
import { requestIp } from '../http/request-ip.ts'
import { awaitedPath } from './awaited-path.ts'
import { deepLinkOf, signInPathFor } from './deep-link.ts'
import { requestedPath } from './requested-path.ts'
import { formerSessionCookie, openSession, sealSession, sessionCookie } from './session-cookie.ts'

const readSessionId = async (): Promise<string | null> => {
  const settings = await container()
  const jar = await cookies()
  const token = (jar.get(sessionCookie(settings).name) ?? jar.get(formerSessionCookie(settings)))?.value
  return token ? openSession(token, settings) : null
}

/** The session of this browser, as the database says now, and where from; asked once a request. */
export const currentSession = cache(async (): Promise<LiveSession | null> => {
  const { sessions } = await container()
  const id = await readSessionId()
  const session = id === null ? null : await sessions.find(id)
  return session && { ...session, user: { ...session.user, ip: await requestIp() } }
})

/** Who is signed in here: nobody, while the second factor is awaited. */
export const currentUser = async (): Promise<User | null> => {
  const session = await currentSession()
  return session && session.awaits === null ? session.user : null
}

/** 404, as if there were no such page. */
const refusePage = async (user: User): Promise<never> => {
  const { recordRefusal } = await container()
  await recordRefusal.user(user, 'page_refused')
  return notFound()
}

/** Whoever signs in goes on to the page that they asked for. */
export const requireUser = async (): Promise<User> => {
  const session = await currentSession()
  const asked = await requestedPath()
  if (!session) return redirect(signInPathFor(asked))
  return session.awaits === null ? session.user : redirect(awaitedPath(session.awaits, deepLinkOf(asked ?? '')))
}

/** The signed-in admin, whose tenant is thereby proven; 404 for others, sign-in for nobody. */
export const requireAdmin = async (): Promise<Admin> => {
  const user = await requireUser()
  return user.role === 'admin' ? user : refusePage(user)
}

/** The signed-in user of a tenant, admin or reader; 404 for support. */
export const requireMember = async (): Promise<Member> => {
  const user = await requireUser()
  return user.role === 'support' ? refusePage(user) : user
}

/** Whoever is signed in, and by which session. */
export const requireFormSession = async (): Promise<LiveSession> => {
  const session = await currentSession()
  if (session?.awaits !== null) throw new Failure('session_ended')
  return session
}

/** The same, or whoever must set a second factor up before anything else. */
export const requireEnrolling = async (): Promise<LiveSession> => {
  const session = await currentSession()
  if (!session || session.awaits === 'second_factor') throw new Failure('session_ended')
  return session
}

/** Unlike a page's gate it never leaves the form: what was typed stays. */
export const requireFormAdmin = async (): Promise<Admin> => {
  const user = await currentUser()
  if (user?.role !== 'admin') throw new Failure(user ? 'not_admin' : 'session_ended')
  return user
}

/** The same for what readers may do as well. */
export const requireFormMember = async (): Promise<Member> => {
  const user = await currentUser()
  if (!user || user.role === 'support') throw new Failure(user ? 'not_admin' : 'session_ended')
  return user
}

export const requireSupport = async (): Promise<SupportUser> => {
  const user = await requireUser()
  return user.role === 'support' ? user : refusePage(user)
}

/** Unlike a page's gate it never leaves the form when the session is over. */
export const requireFormSupport = async (): Promise<SupportUser> => {
  const user = await currentUser()
  if (!user) throw new Failure('session_ended')
  return user.role === 'support' ? user : refusePage(user)
}

/** The customer that support names, proven by the database; 404 for one there is not. */
export const requireTenant = async (id: string): Promise<StoredTenant> => {
  const { store } = await container()
  const tenant = isTenantId(id) ? await store.accounts.findTenant(id) : null
  return tenant ?? notFound()
}

/** Ends the session that this browser came with, if any. */
export const endOlderSession = async (): Promise<void> => {
  const { sessions } = await container()
  const id = await readSessionId()
  if (id !== null) await sessions.end(id, await requestIp())
}

const writeSession = async (session: Session): Promise<void> => {
  const settings = await container()
  const { name, options } = sessionCookie(settings)
  await setCookie(name, await sealSession(session, settings), { ...options, expires: session.expiresAt })
}

/** Hands the new id of its session to this browser. @returns the session to go on with: the old id opens nothing any more */
export const keepSession = async ({ session, live }: RenewedSession): Promise<LiveSession> => {
  await writeSession(session)
  return live
}

/** Hands a session to this browser, which its user is known by from now on; its older session, if any, ends. @returns what is awaited before it opens anything */
export const saveSession = async (session: Session): Promise<Awaited | null> => {
  const { sessions } = await container()
  const found = await sessions.find(session.id)
  // until the second factor is given, this may be anybody who knows the password
  if (found && found.awaits !== 'second_factor') await rememberBrowser(found.user.id)
  await endOlderSession()
  await writeSession(session)
  return found?.awaits ?? null
}

export const endSession = async (): Promise<void> => {
  const settings = await container()
  const { name, options } = sessionCookie(settings)
  await endOlderSession()
  const jar = await cookies()
  // a prefixed cookie is only replaced by one that is secure too
  for (const ended of [name, formerSessionCookie(settings)]) jar.set(ended, '', { ...options, maxAge: 0 })
}
