import type { ConnectionView, Through } from '../connections/connection-view.ts'
import type { FailureCode } from '../failure-codes.ts'
import { checkIntegrationName, checkShortDescription, collapseBlanks } from './integration-texts.ts'

/** What leads from nothing to a connection, in order; each is a screen or two at Teamleader. */
export const guideSteps = [
  'sign_in',
  'build',
  'create',
  'redirect',
  'access',
  'describe',
  'credentials',
  'connect',
] as const

export type GuideStep = (typeof guideSteps)[number]

/** Through the operator's client there is nothing to make, and nothing to copy. */
const stepsThrough: Record<Through, readonly GuideStep[]> = { own: guideSteps, shared: ['sign_in', 'connect'] }

/** As an address names them, from 1. */
export const stepNumber = (step: GuideStep): number => guideSteps.indexOf(step) + 1

/** The step of a number in an address; null for anything else. */
export const stepNumbered = (text: string): GuideStep | null =>
  guideSteps.find((step) => String(stepNumber(step)) === text) ?? null

/** Done when somebody says so; the others are done when the connection says so. */
export type MarkedStep = Exclude<GuideStep, 'credentials' | 'connect'>

export const isMarkedStep = (text: string): text is MarkedStep =>
  guideSteps.some((step) => step === text) && text !== 'credentials' && text !== 'connect'

/** The step that mends what went wrong. */
const mendedBy: Partial<Record<FailureCode, GuideStep>> = {
  never_returned: 'redirect',
  redirect_uri_refused: 'redirect',
  read_forbidden: 'access',
  identity_refused: 'access',
  client_id_missing: 'credentials',
  client_id_malformed: 'credentials',
  client_id_length: 'credentials',
  client_id_example: 'credentials',
  client_secret_missing: 'credentials',
  client_secret_malformed: 'credentials',
  client_secret_length: 'credentials',
  code_of_other_client: 'credentials',
  invalid_client: 'credentials',
  misconfigured: 'credentials',
  secret_unreadable: 'credentials',
  access_denied: 'connect',
}

export const stepMending = (code: FailureCode): GuideStep | null => mendedBy[code] ?? null

export interface GuideMark {
  step: MarkedStep
  /** What was chosen there. */
  choice: string | null
}

/** What is typed into the steps that ask for something. */
export interface TypedChoices {
  integrationName: string
  shortDescription: string
}

export const checkChoice = (step: MarkedStep, typed: TypedChoices): FailureCode[] => {
  if (step === 'create') return checkIntegrationName(typed.integrationName)
  return step === 'describe' ? checkShortDescription(typed.shortDescription) : []
}

export const markOf = (step: MarkedStep, typed: TypedChoices): GuideMark => {
  if (step === 'create') return { step, choice: collapseBlanks(typed.integrationName) }
  return { step, choice: step === 'describe' ? collapseBlanks(typed.shortDescription) : null }
}

export interface GuidePlan {
  steps: readonly { step: GuideStep; done: boolean }[]
  open: GuideStep
  /** Where one goes on: at what was refused, else at the first step that is not done, else at the last one. */
  here: GuideStep
  /** Where « Continuer » leads. */
  next: GuideStep
}

type GuideInput = Pick<ConnectionView, 'headline' | 'problem' | 'clientId' | 'connection'>

/** Who has a Client ID has made an integration. */
const neededForClient = new Set<GuideStep>(['sign_in', 'build', 'create', 'credentials'])

const refused = new Set<ConnectionView['headline']>(['refused', 'misconfigured'])

/** What the connection proves, and what somebody said. */
const doneSteps = (input: GuideInput, marks: readonly GuideMark[]): Set<GuideStep> => {
  const marked = marks.map(({ step }) => step)
  const done = new Set<GuideStep>(input.clientId === '' ? marked : [...marked, ...neededForClient])
  if (input.connection) for (const step of guideSteps) done.add(step)
  if (input.headline === 'reconnect_required' || input.headline === 'misconfigured') done.delete('connect')
  return done
}

/**
 * @param asked the step that the address names
 * @param through whose client the tenant is connected through, or will be
 */
export const planGuide = (
  input: GuideInput,
  marks: readonly GuideMark[],
  asked: GuideStep | null,
  through: Through,
): GuidePlan => {
  const steps = stepsThrough[through]
  const known = (step: GuideStep | null) => (step && steps.includes(step) ? step : null)

  const done = doneSteps(input, marks)
  // what Teamleader refuses opens the step that mends it again, whatever was said: that comes first
  const mending = input.problem && refused.has(input.headline) ? known(stepMending(input.problem.code)) : null
  if (mending) done.delete(mending)
  const undone = steps.filter((step) => !done.has(step))
  const here = mending ?? undone[0] ?? 'connect'
  const open = known(asked) ?? here
  const left = undone.filter((step) => step !== open)
  const next = left.find((step) => stepNumber(step) > stepNumber(open)) ?? left[0] ?? 'connect'
  return { steps: steps.map((step) => ({ step, done: done.has(step) })), open, here, next }
}
