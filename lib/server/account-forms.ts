import type { FailureCode } from '#lib/domain/failure-codes.ts'
import { fieldOf } from '#lib/domain/failure-codes.ts'
import { checkEmail, checkName, checkPassword } from '#lib/domain/sign-up.ts'
import { foldEmail } from '#lib/domain/user.ts'
import { textOf } from './form-action.ts'

const problemsOf = (codes: FailureCode[]) => codes.map((code) => ({ code, field: fieldOf(code) }))

const readPerson = (form: FormData) => ({
  token: textOf(form, 'token'),
  name: textOf(form, 'name'),
  password: textOf(form, 'password'),
  passwordAgain: textOf(form, 'passwordAgain'),
})

/** What an invited person typed, with every problem at once. */
export const readAcceptance = (form: FormData) => {
  const typed = readPerson(form)
  const { name, password, passwordAgain } = typed
  return { typed, problems: problemsOf([...checkName(name.trim()), ...checkPassword(password, passwordAgain)]) }
}

/** What the first support user typed, with every problem at once. */
export const readFirstSupport = (form: FormData) => {
  const typed = { ...readPerson(form), email: textOf(form, 'email') }
  const { email, name, password, passwordAgain } = typed
  const codes = [...checkEmail(foldEmail(email)), ...checkName(name.trim()), ...checkPassword(password, passwordAgain)]
  return { typed, problems: problemsOf(codes) }
}
