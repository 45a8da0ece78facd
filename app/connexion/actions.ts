'use server'

import { headers } from 'next/headers'
import { redirect } from 'next/navigation'
import { readNonce } from '#lib/server/browser-nonce.ts'
import { clientAddress } from '#lib/server/client-address.ts'
import { container } from '#lib/server/container.ts'
import { buttonAction, formAction, textOf } from '#lib/server/form-action.ts'
import { keepLocale } from '#lib/server/locale.ts'
import { endSession, keepSession } from '#lib/server/session.ts'

export const signIn = formAction({ route: '/connexion', kept: ['email'], secrets: ['password'] }, async (form) => {
  const { signIn: verb, comeBack, env } = await container()
  const address = clientAddress(await headers(), env.trustedProxyHops)
  const typed = { email: textOf(form, 'email'), password: textOf(form, 'password') }
  await keepSession(await verb.begin({ ...typed, address }))
  // a code that came back while nobody was signed in waits for its user
  return redirect((await comeBack.hasParked(await readNonce())) ? '/oauth/callback/suite' : '/')
})

export const signOut = buttonAction('/connexion', async () => {
  await endSession()
  redirect('/connexion')
})

export const chooseLocale = buttonAction('/connexion', (form) => keepLocale(textOf(form, 'locale')))
