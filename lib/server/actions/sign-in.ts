'use server'

import { redirect } from 'next/navigation'
import { container } from '#lib/composition/container.ts'
import { saveLocale } from '../auth/locale.ts'
import { startOidc } from '../auth/oidc-start.ts'
import { postSignInPath } from '../auth/post-sign-in.ts'
import { endSession, saveSession } from '../auth/session.ts'
import { signInNotice } from '../cookies/flash.ts'
import { knownBrowser } from '../cookies/known-browser.ts'
import { saveTheme } from '../cookies/theme.ts'
import { signInForm } from '../forms/account.ts'
import { readForm, textOf } from '../forms/read-form.ts'
import { requestIp } from '../http/request-ip.ts'
import { buttonAction, formAction } from '../http/server-action.ts'

export const signIn = formAction({ route: '/connexion', preserved: ['email'], secrets: ['password'] }, async (form) => {
  await signInNotice.clear()
  const { intent, email, password } = readForm(signInForm, form)
  if (intent === 'company') return redirect(await startOidc())
  const app = await container()
  const [ip, browser] = await Promise.all([requestIp(), knownBrowser()])
  const session = await app.signIn.begin({ email, password, ip, browser })
  await saveSession(session)
  return redirect(await postSignInPath(session.user))
})

export const signOut = buttonAction('/connexion', async () => {
  await endSession()
  redirect('/connexion')
})

export const chooseTheme = buttonAction('/connexion', (form) => saveTheme(textOf(form, 'theme')))

export const chooseLocale = buttonAction('/connexion', (form) => saveLocale(textOf(form, 'locale')))
