import 'server-only'
import { redirect } from 'next/navigation'
import { cache } from 'react'
import { container } from '#lib/composition/container.ts'
import { Failure } from '#lib/domain/failure.ts'
import { ownCookie } from '../../cookies/own-cookie.ts'
import { requestIp } from '../../http/request-ip.ts'
import { deepLinkOf } from '../deep-link.ts'
import { currentUser } from '../session.ts'
import { logOidcFailure } from './oidc-failure.ts'
import { type OidcReturn, writeOidcReturn } from './oidc-return.ts'

const path = '/connexion/entreprise'
const cookie = ownCookie({ name: 'porte-cles-oidc', path, sameSite: 'strict', maxAge: 300 })
const context = { purpose: 'oidc_departure' } as const

export const offersOidc = async (): Promise<boolean> => (await container()).env.oidc !== null

interface Start {
  /** The page of ours to go on to behind it. */
  deepLink: string | null
  /** Of whom a proof is asked that is not older than this: « Confirmez que c'est vous ». */
  confirms?: string
}

/**
 * Begins a sign-in at the company's provider. Where to go on to travels to our start page in a sealed cookie, and what the
 * return must fit in another one.
 *
 * @returns the path of that page
 * @throws Failure `too_many_attempts`, `oidc_unavailable`, `oidc_misconfigured`
 */
export const startOidc = async ({ deepLink, confirms }: Start): Promise<string> => {
  const { oidc, signInWithOidc, vault } = await container()
  if (!oidc) throw new Failure('oidc_unavailable')
  await signInWithOidc.allow(await requestIp())
  const { url, checks } = await oidc.begin(confirms !== undefined).catch(logOidcFailure)
  const expected: OidcReturn = { checks, deepLink: deepLink && deepLinkOf(deepLink), confirms: confirms ?? null }
  await writeOidcReturn(expected)
  await cookie.write(await vault.seal(url, context))
  return path
}

/** Where the start page goes on to; null when there is nothing (any more) to go on with. Changes nothing. */
export const readOidcStart = cache(async (): Promise<string | null> => {
  const sealed = await cookie.read()
  const { vault } = await container()
  const url = sealed ? await vault.open(sealed, context).catch(() => null) : null
  // whoever is signed in comes here to confirm that it is them
  if (url === null && (await currentUser())) redirect('/')
  return url
})
