import 'server-only'
import { headers } from 'next/headers'
import { unstable_rethrow } from 'next/navigation'
import { container } from '#lib/composition/container.ts'
import { noteLimit, noteRequestRead } from '#lib/composition/http/action-status.ts'
import { clientIp } from '#lib/composition/http/client-ip.ts'
import { nameRoute } from '#lib/composition/http/request-id.ts'
import { fieldsOf } from '#lib/composition/log-fields.ts'
import { limitOf } from '#lib/composition/problem.ts'
import { type Evidence, Failure } from '#lib/domain/failure.ts'
import { type Field, fieldOf } from '#lib/domain/failure-codes.ts'
import type { FormState } from '#lib/domain/form-state.ts'
import { cookieName, sessionName } from '../cookies/cookie-name.ts'
import { submitOnce } from '../cookies/submit-once.ts'
import { textOf } from '../forms/read-form.ts'
import { requireOwnOrigin } from './origin.ts'

export interface Form {
  /** Names the route in logs. */
  route: string
  /** Fields whose typed value is shown again beside a problem. */
  preserved: readonly string[]
  /** Fields that never come back. */
  secrets: readonly Field[]
}

/** What an action tells of itself; the rest of the state is filled in. */
export type Outcome = Partial<Omit<FormState, 'at'>>

const evidenceOf = (evidence: Evidence) =>
  Object.fromEntries(
    Object.entries(evidence).filter((pair): pair is [string, string | number] =>
      ['string', 'number'].includes(typeof pair[1]),
    ),
  )

/** A form without fields says at its head what another one says at a field. */
const problemsOf = ({ codes, evidence }: Failure, { preserved, secrets }: Form) => {
  const hasFields = preserved.length + secrets.length > 0
  return codes.map((code) => ({ code, field: hasFields ? fieldOf(code) : null, evidence: evidenceOf(evidence) }))
}

/** @returns the failure to word, when it is not Next's own way to redirect or to answer 404. */
const decide = async (error: unknown, route: string): Promise<Failure> => {
  unstable_rethrow(error)
  const { log, env, recordRefusal } = await container()
  if (error instanceof Failure) {
    const ip = clientIp(await headers(), env.trustedProxyHops)
    log.info('an action was refused', { route, ...(ip && { ip }), ...fieldsOf(error) })
    const limit = limitOf(error)
    if (limit !== undefined) noteLimit(limit)
    const { code } = error
    if (code === 'foreign_origin') await recordRefusal.request({ code, actor: { kind: 'visitor', ip } })
    return error
  }
  log.error('an action failed', { route, ...fieldsOf(error) })
  return new Failure('unexpected')
}

const complete = (form: FormData, { preserved, secrets }: Form, at: Date, outcome: Outcome): FormState => {
  const problems = outcome.problems ?? []
  const beside = problems.length > 0
  return {
    at: at.getTime(),
    values: beside ? Object.fromEntries(preserved.map((name) => [name, textOf(form, name)])) : {},
    problems,
    warnings: [],
    done: !beside,
    given: {},
    retype: beside ? secrets.filter((name) => textOf(form, name) !== '') : [],
    ...outcome,
  }
}

/** By which session a form with secrets was sent; null where it had none, or a script lets nobody press twice. */
const submittedBy = ({ secrets }: Form, sent: Headers, publicUrl: string) => {
  if (secrets.length === 0 || sent.has('next-action')) return null
  const name = cookieName(sessionName, '/', publicUrl)
  const cookie = (sent.get('cookie') ?? '').split('; ').find((one) => one.startsWith(`${name}=`))
  return cookie ? { name, value: cookie.slice(name.length + 1) } : null
}

/** Anybody can call an action, with what they like: anything but a form counts as an empty one. */
const formOf = (sent: unknown): FormData => {
  noteRequestRead()
  return sent instanceof FormData ? sent : new FormData()
}

/**
 * A server action for a form: checks the origin, and turns a `Failure` into the state its form shows.
 *
 * @see https://react.dev/reference/react/useActionState
 */
export const formAction =
  (form: Form, run: (data: FormData, previous: FormState) => Promise<Outcome | undefined>) =>
  async (previous: FormState, sent: FormData): Promise<FormState> => {
    nameRoute(form.route)
    const data = formOf(sent)
    const { publicUrl, clock } = await container()
    const refused = async (error: unknown) =>
      complete(data, form, clock.now(), { problems: problemsOf(await decide(error, form.route), form) })
    try {
      const sent = await headers()
      requireOwnOrigin(sent, publicUrl)
      return await submitOnce(submittedBy(form, sent, publicUrl), [form.route, previous, [...data]], async () => {
        try {
          return complete(data, form, clock.now(), (await run(data, previous)) ?? {})
        } catch (error) {
          return refused(error)
        }
      })
    } catch (error) {
      return refused(error)
    }
  }

/** The same for a button without a form state: what is refused changes nothing. */
export const buttonAction =
  (route: string, run: (data: FormData) => Promise<void>) =>
  async (sent: FormData): Promise<void> => {
    nameRoute(route)
    const data = formOf(sent)
    const { publicUrl } = await container()
    try {
      requireOwnOrigin(await headers(), publicUrl)
      await run(data)
    } catch (error) {
      await decide(error, route)
    }
  }
