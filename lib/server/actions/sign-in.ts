'use server'

import { redirect } from 'next/navigation'
import { container } from '../container.ts'
import { buttonAction, formAction } from '../form-action.ts'
import { signInForm } from '../forms/account.ts'
import { readForm, textOf } from '../forms/read-form.ts'
import { landingOf } from '../landing.ts'
import { keepLocale } from '../locale.ts'
import { signInNotice } from '../notice.ts'
import { startOidcDeparture } from '../oidc-departure.ts'
import { requestAddress } from '../request-address.ts'
import { endSession, keepSession } from '../session.ts'

export const signIn = formAction({ route: '/connexion', kept: ['email'], secrets: ['password'] }, async (form) => {
  await signInNotice.clear()
  const { intent, email, password } = readForm(signInForm, form)
  if (intent === 'company') return redirect(await startOidcDeparture())
  const app = await container()
  const session = await app.signIn.begin({ email, password, address: await requestAddress() })
  await keepSession(session)
  return redirect(await landingOf(session.user))
})

export const signOut = buttonAction('/connexion', async () => {
  await endSession()
  redirect('/connexion')
})

export const chooseLocale = buttonAction('/connexion', (form) => keepLocale(textOf(form, 'locale')))
