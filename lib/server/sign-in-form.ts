import 'server-only'
import { redirect } from 'next/navigation'
import { readNonce } from './browser-nonce.ts'
import { container } from './container.ts'
import { buttonAction, formAction, textOf } from './form-action.ts'
import { homeOf } from './home.ts'
import { keepLocale } from './locale.ts'
import { requestAddress } from './request-address.ts'
import { endSession, keepSession } from './session.ts'

export const submitSignIn = formAction(
  { route: '/connexion', kept: ['email'], secrets: ['password'] },
  async (form) => {
    const { signIn, comeBack } = await container()
    const address = await requestAddress()
    const typed = { email: textOf(form, 'email'), password: textOf(form, 'password') }
    const session = await signIn.begin({ ...typed, address })
    await keepSession(session)
    // a code that came back while nobody was signed in waits for its user
    return redirect((await comeBack.hasParked(await readNonce())) ? '/oauth/callback/suite' : homeOf(session.user.role))
  },
)

export const submitSignOut = buttonAction('/connexion', async () => {
  await endSession()
  redirect('/connexion')
})

export const submitLocale = buttonAction('/connexion', (form) => keepLocale(textOf(form, 'locale')))
