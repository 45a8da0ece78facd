'use server'

import { redirect } from 'next/navigation'
import { container } from '#lib/composition/container.ts'
import { awaitedPath } from '../auth/awaited-path.ts'
import { deepLinkOf } from '../auth/deep-link.ts'
import { saveLocale } from '../auth/locale.ts'
import { startOidc } from '../auth/oidc/oidc-start.ts'
import { postSignInPath } from '../auth/post-sign-in.ts'
import { saveSession } from '../auth/session.ts'
import { signInNotice } from '../cookies/flash.ts'
import { knownBrowser } from '../cookies/known-browser.ts'
import { saveTheme } from '../cookies/theme.ts'
import { signInForm } from '../forms/account.ts'
import { readForm, textOf } from '../forms/read-form.ts'
import { requestClient } from '../http/request-ip.ts'
import { buttonAction, formAction } from '../http/server-action.ts'

export const signIn = formAction({ route: '/connexion', preserved: ['email'], secrets: ['password'] }, async (form) => {
  await signInNotice.clear()
  const { intent, next, email, password } = readForm(signInForm, form)
  const deepLink = deepLinkOf(next)
  if (intent === 'company') return redirect(await startOidc({ deepLink }))
  const app = await container()
  const [from, browser] = await Promise.all([requestClient(), knownBrowser()])
  const session = await app.signIn.begin({ email, password, ...from, browser })
  const awaited = await saveSession(session)
  return redirect(awaited ? awaitedPath(awaited, deepLink) : await postSignInPath(session.user, deepLink))
})

export const chooseTheme = buttonAction('/connexion', (form) => saveTheme(textOf(form, 'theme')))

export const chooseLocale = buttonAction('/connexion', (form) => saveLocale(textOf(form, 'locale')))
