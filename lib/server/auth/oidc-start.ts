import 'server-only'
import { cookies } from 'next/headers'
import { redirect } from 'next/navigation'
import { NextRequest, NextResponse } from 'next/server'
import { cache } from 'react'
import { container } from '#lib/composition/container.ts'
import { Failure } from '#lib/domain/failure.ts'
import { ownCookie } from '../cookies/own-cookie.ts'
import { requestIp } from '../http/request-ip.ts'
import { askNextAuth } from './auth-handler.ts'
import { deepLinkOf } from './deep-link.ts'
import { oidcId } from './oidc-provider.ts'
import { currentUser } from './session.ts'
import { checkLifeS } from './session-cookie.ts'

const path = '/connexion/entreprise'
const cookie = ownCookie({ name: 'porte-cles-oidc', path, sameSite: 'strict', maxAge: 300 })
const context = { purpose: 'oidc_departure' } as const

/** Lives as long as next-auth waits for the provider's answer; each sign-in begun writes it anew. */
const deepLinkCookie = ownCookie({ name: 'porte-cles-next', path: '/api/auth/callback', maxAge: checkLifeS })

/** The page of ours that the sign-in under way goes on to. */
export const readDeepLink = async (): Promise<string | null> => deepLinkOf((await deepLinkCookie.read()) ?? '')

export const offersOidc = async (): Promise<boolean> => (await container()).env.oidc !== null

/** Asks next-auth as its own sign-in page would, and hands the cookies it answers with to this browser. */
const askFor = async (steps: string[], form?: Record<string, string>): Promise<Response> => {
  const { publicUrl } = await container()
  const sent = form ? { method: 'POST', body: new URLSearchParams(form) } : {}
  const request = new NextRequest(`${publicUrl}/api/auth/${steps.join('/')}`, sent)
  const response = await askNextAuth(request, steps, { onRefused: () => {} })
  const jar = await cookies()
  for (const cookie of new NextResponse(null, { headers: response.headers }).cookies.getAll()) jar.set(cookie)
  return response
}

/**
 * Begins a sign-in at the company's provider. Where to go on to travels to our start page in a sealed cookie.
 *
 * @param deepLink the page of ours to go on to behind it
 * @returns the path of that page
 * @throws Failure `too_many_attempts`, `oidc_unavailable`
 */
export const startOidc = async (deepLink: string | null): Promise<string> => {
  const { env, signInWithOidc, vault, publicUrl } = await container()
  if (!env.oidc) throw new Failure('oidc_unavailable')
  await signInWithOidc.allow(await requestIp())
  const { csrfToken } = (await (await askFor(['csrf'])).json()) as { csrfToken: string }
  const url = (await askFor(['signin', oidcId], { csrfToken })).headers.get('location')
  // next-auth goes to a page of its own when the provider did not say where to go
  if (!url || url.startsWith(`${publicUrl}/api/auth/`)) throw new Failure('oidc_unavailable')
  await cookie.write(await vault.seal(url, context))
  await (deepLink === null ? deepLinkCookie.clear() : deepLinkCookie.write(deepLink))
  return path
}

/** Where the start page goes on to; null when there is nothing (any more) to go on with. Changes nothing. */
export const readOidcStart = cache(async (): Promise<string | null> => {
  if (await currentUser()) redirect('/')
  const sealed = await cookie.read()
  const { vault } = await container()
  return sealed ? vault.open(sealed, context).catch(() => null) : null
})
