import 'server-only'
import { redirect } from 'next/navigation'
import { type FailureCode, fieldOf } from '#lib/domain/failure-codes.ts'
import { checkEmail, checkName, checkPassword } from '#lib/domain/sign-up.ts'
import { foldEmail } from '#lib/domain/user.ts'
import { container } from './container.ts'
import { formAction, textOf } from './form-action.ts'
import { homeOf } from './home.ts'
import { requestAddress } from './request-address.ts'
import { keepSession } from './session.ts'

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

export const submitAcceptance = formAction(
  { route: '/invitation/[token]', kept: ['name'], secrets: ['password', 'passwordAgain'] },
  async (form) => {
    const person = readPerson(form)
    const problems = problemsOf(checkPerson(person))
    if (problems.length > 0) return { problems }
    const { acceptInvitation } = await container()
    const session = await acceptInvitation.accept({ ...person, from: await requestAddress() })
    await keepSession(session)
    return redirect(homeOf(session.role))
  },
)

export const submitFirstSupport = formAction(
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
