import { expect, test } from 'vitest'
import type { ConnectionView } from '../connections/connection-view.ts'
import { failures, isFailureCode } from '../failure-codes.ts'
import { guideSteps, isMarkedStep, planGuide, stepMending, stepNumber, stepNumbered } from './guide.ts'

type GuideInput = Parameters<typeof planGuide>[0]

const connection = {} as NonNullable<ConnectionView['connection']>
const fresh: GuideInput = { headline: 'unconfigured', problem: null, clientId: '', connection: null }
const saved: GuideInput = { ...fresh, headline: 'awaiting_authorization', clientId: 'a'.repeat(32) }
const live: GuideInput = { ...saved, headline: 'connected', connection }
const state = (input: GuideInput, headline: GuideInput['headline'], code: string): GuideInput => ({
  ...input,
  headline,
  problem: isFailureCode(code) ? { code, at: null, through: 'own' } : null,
})

const marked = guideSteps.filter(isMarkedStep)
const marks = (count: number) => marked.slice(0, count).map((step) => ({ step, choice: null }))

test.each([
  ['a new tenant begins at the beginning', fresh, 0, 'sign_in', ''],
  ['what was said to be done is behind', fresh, 3, 'redirect', '123'],
  ['who has a Client ID has made an integration', saved, 0, 'redirect', '1237'],
  ['all said and saved, it remains to connect', saved, 6, 'connect', '1234567'],
  ['nothing else is open once connected, whatever was said', live, 0, 'connect', '12345678'],
  ['a late renewal asks nothing', state(live, 'degraded', 'renewal_delayed'), 0, 'connect', '12345678'],
  ['so does a pause', { ...live, headline: 'paused' }, 0, 'connect', '12345678'],
  ['a withdrawn access is given again', state(live, 'reconnect_required', 'revoked'), 0, 'connect', '1234567'],
  [
    'a secret that no longer fits is copied again',
    state(live, 'misconfigured', 'invalid_client'),
    0,
    'credentials',
    '123456',
  ],
  ['so is one refused at the first try', state(saved, 'refused', 'invalid_client'), 6, 'credentials', '123456'],
  [
    'what was refused comes before what nobody said',
    state(saved, 'refused', 'invalid_client'),
    0,
    'credentials',
    '123',
  ],
  ['a refused address opens its step again', state(saved, 'refused', 'redirect_uri_refused'), 6, 'redirect', '123567'],
  [
    'who is at Teamleader right now is not sent back',
    state(saved, 'awaiting_authorization', 'never_returned'),
    6,
    'connect',
    '1234567',
  ],
  [
    'a failure beside a live connection opens nothing',
    state(live, 'connected', 'access_denied'),
    0,
    'connect',
    '12345678',
  ],
] as const)('%s', (_, input, count, open, done) => {
  const plan = planGuide(input, marks(count), null, 'own')
  const behind = plan.steps.filter((step) => step.done).map(({ step }) => stepNumber(step))
  expect([plan.open, plan.here, behind.join('')]).toEqual([open, open, done])
})

test.each([
  ['on to the next one', fresh, 3, 'redirect', 'access'],
  ['back to where one left off, after a look behind', fresh, 3, 'build', 'redirect'],
  ['over what is done ahead', saved, 5, 'describe', 'connect'],
  ['back to what was skipped, from the end', fresh, 3, 'connect', 'redirect'],
  ['to the state, when all is done', live, 0, 'create', 'connect'],
] as const)('going on leads %s', (_, input, count, asked, next) => {
  expect(planGuide(input, marks(count), asked, 'own')).toMatchObject({ open: asked, next })
})

test('a step is addressed by its number, and by nothing else', () => {
  expect(guideSteps.map((step) => stepNumbered(String(stepNumber(step))))).toEqual(guideSteps)
  for (const text of ['', '0', '9', '01', '1.0', ' 1', 'connect', '__proto__']) expect(stepNumbered(text)).toBeNull()
})

test('nobody says that credentials are saved or that a connection stands', () => {
  expect(['credentials', 'connect', 'nothing', ''].filter(isMarkedStep)).toEqual([])
  expect(marked).toHaveLength(6)
})

test('what is wrong with the pasted keys is mended where they are copied', () => {
  const codes = Object.keys(failures).filter(isFailureCode)
  const mended = codes.filter((code) => stepMending(code) === 'credentials')
  expect(mended).toEqual(expect.arrayContaining(['client_id_example', 'client_secret_length', 'invalid_client']))
  expect(stepMending('password_too_short')).toBeNull()
})

test('through the operator’s client there are two steps, and no other opens', () => {
  const plan = (input: GuideInput, count = 0, asked: Parameters<typeof planGuide>[2] = null) => {
    const { steps, open, next } = planGuide(input, marks(count), asked, 'shared')
    return [steps.map(({ step, done }) => `${step}${done ? ' done' : ''}`).join(), open, next].join(' → ')
  }
  expect(plan(fresh)).toBe('sign_in,connect → sign_in → connect')
  expect(plan(fresh, 1)).toBe('sign_in done,connect → connect → connect')
  expect(plan(fresh, 0, 'redirect')).toBe('sign_in,connect → sign_in → connect')
  expect(plan(live)).toBe('sign_in done,connect done → connect → connect')
  expect(plan(state(fresh, 'refused', 'redirect_uri_refused'))).toBe('sign_in,connect → sign_in → connect')
})
