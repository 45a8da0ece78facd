import { redirect } from 'next/navigation'
import { afterAll, beforeAll, beforeEach, describe, expect, test, vi } from 'vitest'
import { type Container, container } from '#lib/composition/container.ts'
import { Failure } from '#lib/domain/failure.ts'
import type { FormState } from '#lib/domain/form-state.ts'
import { setCookie } from '../cookies/submit-once.ts'
import { buttonAction, formAction } from './server-action.ts'

let sent = new Headers()
const set = vi.fn()
vi.mock('next/headers', () => ({ headers: async () => sent, cookies: async () => ({ set }) }))

let app: Container
const logged: string[] = []

beforeAll(async () => {
  vi.stubEnv('DATABASE_URL', 'file::memory:')
  vi.stubEnv('LOG_LEVEL', 'silent')
  app = await container()
  const collect = (message: string, fields?: object) => void logged.push(JSON.stringify({ message, ...fields }))
  app.log.info = collect
  app.log.error = collect
})
afterAll(() => app.close())
beforeEach(() => {
  sent = new Headers({ origin: app.publicUrl })
  logged.length = 0
})

const blank: FormState = { at: null, values: {}, problems: [], warnings: [], done: false, given: {}, retype: [] }
const form = { route: '/test', preserved: ['email'], secrets: ['password'] } as const

const dataOf = (fields: Record<string, string>) => {
  const data = new FormData()
  for (const [name, value] of Object.entries(fields)) data.set(name, value)
  return data
}
const typed = dataOf({ email: 'marie@atelier.example', password: 'hunter2' })

test.each([null, 'https://evil.example', 'null'])(
  'an action sent from origin %o is refused before it runs',
  async (origin) => {
    sent = new Headers({ host: 'evil.example', 'x-forwarded-host': 'evil.example', ...(origin ? { origin } : {}) })
    const run = vi.fn()
    const state = await formAction(form, run)(blank, typed)
    expect(state.problems.map(({ code }) => code)).toEqual(['foreign_origin'])
    expect(state.done).toBe(false)
    await buttonAction('/test', run)(typed)
    expect(run).not.toHaveBeenCalled()
  },
)

test.each<unknown>([null, undefined, 'text', [], { get: 'hostile' }])(
  '%o instead of a form counts as an empty one',
  async (sent) => {
    const run = vi.fn(async (data: FormData) => void expect([...data.keys()]).toEqual([]))
    expect(await formAction(form, run)(blank, sent as FormData)).toMatchObject({ done: true })
    await buttonAction('/test', run)(sent as FormData)
    expect(run).toHaveBeenCalledTimes(2)
  },
)

test('an action that succeeds is done, and gives nothing typed back', async () => {
  const state = await formAction(form, async () => undefined)(blank, typed)
  expect(state).toMatchObject({ done: true, problems: [], values: {}, retype: [] })
  expect(state.at).toBeGreaterThan(0)
})

test('a failure is shown at its field, beside what was typed, secrets aside', async () => {
  const state = await formAction(form, async () => {
    throw new Failure('too_many_attempts', { retryAfterS: 60, secretless: null })
  })(blank, typed)
  expect(state).toMatchObject({
    done: false,
    values: { email: 'marie@atelier.example' },
    problems: [{ code: 'too_many_attempts', field: 'password', evidence: { retryAfterS: 60 } }],
    retype: ['password'],
  })
  expect(JSON.stringify(state)).not.toContain('hunter2')
})

test('a failure with several codes is shown at the field of each', async () => {
  const state = await formAction(form, async () => {
    throw new Failure(['email_malformed', 'password_too_short'])
  })(blank, typed)
  expect(state.problems.map(({ code, field }) => [code, field])).toEqual([
    ['email_malformed', 'email'],
    ['password_too_short', 'password'],
  ])
})

test('a button without fields says at its head what a form says at a field', async () => {
  const state = await formAction({ route: '/test', preserved: [], secrets: [] }, async () => {
    throw new Failure('misconfigured')
  })(blank, new FormData())
  expect(state.problems).toEqual([{ code: 'misconfigured', field: null, evidence: {} }])
})

test('problems that an action found itself are shown in the same way', async () => {
  const problems = [{ code: 'name_missing', field: 'name' }] as const
  const state = await formAction(form, async () => ({ problems }))(blank, typed)
  expect(state).toMatchObject({ done: false, problems, retype: ['password'] })
})

test('a bug reads as unexpected, and its message reaches neither page nor log', async () => {
  const state = await formAction(form, async () => {
    throw new TypeError('could not read hunter2')
  })(blank, typed)
  expect(state.problems).toEqual([{ code: 'unexpected', field: null, evidence: {} }])
  expect(logged.join()).toContain('"errorClass":"TypeError"')
  expect(logged.join()).not.toContain('hunter2')
})

test('a failure thrown by another module graph is known by its mark', async () => {
  class Failure extends Error {
    override readonly name = 'Failure'
    readonly code = 'link_dead'
    readonly codes = ['link_dead']
    readonly evidence = {}
  }
  const state = await formAction(form, async () => {
    throw new Failure()
  })(blank, typed)
  expect(state.problems[0]?.code).toBe('link_dead')
})

test('Next’s own redirect goes through', async () => {
  const leave = async () => redirect('/connexion')
  await expect(formAction(form, leave)(blank, typed)).rejects.toThrow('NEXT_REDIRECT')
  await expect(buttonAction('/test', leave)(typed)).rejects.toThrow('NEXT_REDIRECT')
})

describe('a button that is pressed twice without script', () => {
  const press = async (
    cookie: string | null,
    fields: Record<string, string>,
    run: () => Promise<undefined>,
    more = {},
  ) => {
    sent = new Headers({
      origin: app.publicUrl,
      ...(cookie && { cookie: `other=1; porte-cles-session=${cookie}` }),
      ...more,
    })
    return formAction(form, run)(blank, dataOf(fields))
  }
  const fields = { email: 'marie@atelier.example', password: 'a phrase' }
  const renew = async (): Promise<undefined> => {
    await setCookie('porte-cles-session', 'new', { path: '/' })
  }

  test('is answered as the first time, and the browser gets the new session by either answer', async () => {
    const run = vi.fn(renew)
    set.mockClear()
    const states = await Promise.all([press('old', fields, run), press('old', fields, run)])
    states.push(await press('new', fields, run))
    expect(run).toHaveBeenCalledTimes(1)
    for (const state of states) expect(state).toEqual(states[0])
    expect(set.mock.calls).toEqual(Array.from({ length: 3 }, () => ['porte-cles-session', 'new', { path: '/' }]))
  })

  test('is led on twice where the first press is', async () => {
    const leave = vi.fn(async () => redirect('/support?done=erased'))
    const presses = [press('gone', fields, leave), press('gone', fields, leave)]
    for (const one of presses) await expect(one).rejects.toThrow('NEXT_REDIRECT')
    expect(leave).toHaveBeenCalledTimes(1)
  })

  test.each([
    ['another session', 'other', fields, {}],
    ['no session', null, fields, {}],
    ['another secret', 'same', { ...fields, password: 'a guess' }, {}],
    ['a script, which lets nobody press twice', 'same', fields, { 'next-action': 'a' }],
  ])('%s is another press', async (_, cookie, typed, more) => {
    const run = vi.fn(renew)
    await press('same', { ...fields, email: `${_}@atelier.example` }, run)
    await press(cookie, { ...typed, email: `${_}@atelier.example` }, run, more)
    expect(run).toHaveBeenCalledTimes(2)
  })
})
