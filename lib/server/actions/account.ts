'use server'

import { redirect } from 'next/navigation'
import { after } from 'next/server'
import { container } from '#lib/composition/container.ts'
import { fieldsOf } from '#lib/composition/log-fields.ts'
import { Failure } from '#lib/domain/failure.ts'
import { startOidc } from '../auth/oidc/oidc-start.ts'
import { saveSession } from '../auth/session.ts'
import { acceptanceForm, firstSupportForm, nameForm, newPasswordForm, resetRequestForm } from '../forms/account.ts'
import { readForm } from '../forms/read-form.ts'
import { homePathOf } from '../http/home-path.ts'
import { requestClient, requestIp } from '../http/request-ip.ts'
import { formAction } from '../http/server-action.ts'

export const acceptInvitation = formAction(
  { route: '/invitation/[token]', preserved: ['name'], secrets: ['password', 'passwordAgain'] },
  async (form) => {
    const app = await container()
    if (await app.passwordSignIn.isOff()) {
      const typed = readForm(nameForm, form)
      const path = await startOidc({ deepLink: null })
      await app.acceptInvitation.confirmName(typed.token, typed.name, await requestIp())
      return redirect(path)
    }
    const { token, name, password } = readForm(acceptanceForm, form)
    const session = await app.acceptInvitation.enter({ token, name, password, from: await requestClient() })
    await saveSession(session)
    return redirect(homePathOf(session.role))
  },
)

/** « Mot de passe oublié ? »: the answer says and takes the same whether the address is known; the rest comes after it. */
export const requestPasswordReset = formAction(
  { route: '/mot-de-passe', preserved: ['email'], secrets: [] },
  async (form) => {
    const { email } = readForm(resetRequestForm, form)
    const { requestPasswordReset, log } = await container()
    if (!requestPasswordReset.possible()) throw new Failure('mail_failed')
    const rest = await requestPasswordReset.request(email, await requestIp())
    after(() => rest().catch((error: unknown) => log.warn('a link for a new password was not sent', fieldsOf(error))))
    return {}
  },
)

export const resetPassword = formAction(
  { route: '/mot-de-passe/[token]', preserved: [], secrets: ['password', 'passwordAgain'] },
  async (form) => {
    const { token, password } = readForm(newPasswordForm, form)
    const { choosePassword } = await container()
    const session = await choosePassword.enter({ token, password }, await requestClient())
    await saveSession(session)
    return redirect(homePathOf(session.role))
  },
)

export const createFirstSupport = formAction(
  { route: '/premier-demarrage/[token]', preserved: ['email', 'name'], secrets: ['password', 'passwordAgain'] },
  async (form) => {
    const { token, email, name, password } = readForm(firstSupportForm, form)
    const { bootstrapSupport } = await container()
    await saveSession(await bootstrapSupport.create({ token, email, name, password, from: await requestClient() }))
    return redirect(homePathOf('support'))
  },
)
