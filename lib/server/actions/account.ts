'use server'

import { redirect } from 'next/navigation'
import { after } from 'next/server'
import { Failure } from '#lib/domain/failure.ts'
import { type FailureCode, fieldOf } from '#lib/domain/failure-codes.ts'
import { checkEmail, checkName, checkPassword } from '#lib/domain/sign-up.ts'
import { foldEmail } from '#lib/domain/user.ts'
import { container } from '../container.ts'
import { formAction, textOf } from '../form-action.ts'
import { homeOf } from '../home.ts'
import { fieldsOf } from '../log-fields.ts'
import { requestAddress } from '../request-address.ts'
import { keepSession } from '../session.ts'

const problemsOf = (codes: FailureCode[]) => codes.map((code) => ({ code, field: fieldOf(code) }))

const readPerson = (form: FormData) => ({
  token: textOf(form, 'token'),
  name: textOf(form, 'name'),
  password: textOf(form, 'password'),
  passwordAgain: textOf(form, 'passwordAgain'),
})

/** Every problem at once; the verb itself would stop at the first. */
const checkPerson = ({ name, password, passwordAgain }: ReturnType<typeof readPerson>) => [
  ...checkName(name.trim()),
  ...checkPassword(password, passwordAgain),
]

export const acceptInvitation = formAction(
  { route: '/invitation/[token]', kept: ['name'], secrets: ['password', 'passwordAgain'] },
  async (form) => {
    const person = readPerson(form)
    const problems = problemsOf(checkPerson(person))
    if (problems.length > 0) return { problems }
    const app = await container()
    const session = await app.acceptInvitation.enter({ ...person, from: await requestAddress() })
    await keepSession(session)
    return redirect(homeOf(session.role))
  },
)

/** « Mot de passe oublié ? »: the answer says and takes the same whether the address is known; the rest comes after it. */
export const requestPasswordReset = formAction(
  { route: '/mot-de-passe', kept: ['email'], secrets: [] },
  async (form) => {
    const email = textOf(form, 'email')
    const problems = problemsOf(checkEmail(foldEmail(email)))
    if (problems.length > 0) return { problems }
    const { requestPassword, log } = await container()
    if (!requestPassword.possible()) throw new Failure('mail_failed')
    const rest = await requestPassword.request(email, await requestAddress())
    after(() => rest().catch((error: unknown) => log.warn('a link for a new password was not sent', fieldsOf(error))))
    return {}
  },
)

export const resetPassword = formAction(
  { route: '/mot-de-passe/[token]', kept: [], secrets: ['password', 'passwordAgain'] },
  async (form) => {
    const { token, password, passwordAgain } = readPerson(form)
    const problems = problemsOf(checkPassword(password, passwordAgain))
    if (problems.length > 0) return { problems }
    const { choosePassword } = await container()
    const from = await requestAddress()
    const session = await choosePassword.enter({ token, name: null, password, passwordAgain, from })
    await keepSession(session)
    return redirect(homeOf(session.role))
  },
)

export const createFirstSupport = formAction(
  { route: '/premier-demarrage/[token]', kept: ['email', 'name'], secrets: ['password', 'passwordAgain'] },
  async (form) => {
    const person = { ...readPerson(form), email: textOf(form, 'email') }
    const problems = problemsOf([...checkEmail(foldEmail(person.email)), ...checkPerson(person)])
    if (problems.length > 0) return { problems }
    const { startFirstRun } = await container()
    await keepSession(await startFirstRun.create({ ...person, from: await requestAddress() }))
    return redirect(homeOf('support'))
  },
)
