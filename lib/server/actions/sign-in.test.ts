import { afterAll, beforeAll, beforeEach, expect, test, vi } from 'vitest'
import { type Container, container } from '#lib/composition/container.ts'
import { newRequest, withRequest } from '#lib/composition/http/request-id.ts'
import type { FormState } from '#lib/domain/form-state.ts'
import { operator, passphrase } from '#lib/testing/app/accounts-app.ts'
import { signIn } from './sign-in.ts'

let app: Container
/** What the browser of this request holds. */
let jar = new Map<string, string>()
const cookieStore = {
  get: (name: string) => (jar.has(name) ? { value: jar.get(name) } : undefined),
  set: (name: string, value: string) => void jar.set(name, value),
  delete: ({ name }: { name: string }) => void jar.delete(name),
}
vi.mock('next/headers', () => ({
  headers: async () => new Headers({ origin: app.publicUrl }),
  cookies: async () => cookieStore,
}))

const email = 'marie@atelier.example'
const known = 'porte-cles-known'

beforeAll(async () => {
  vi.stubEnv('DATABASE_URL', 'file::memory:')
  vi.stubEnv('LOG_LEVEL', 'silent')
  app = await container()
  const tenantId = await app.createAccounts.addTenant({ name: 'Atelier Delvaux SRL', ref: null }, operator)
  for (const address of [email, 'luc@atelier.example'])
    await app.createAccounts.addUser({ email: address, role: 'admin', tenantId, password: passphrase }, operator)
})
afterAll(() => app.close())
beforeEach(() => {
  jar = new Map()
})

const blank: FormState = { at: null, values: {}, problems: [], warnings: [], done: false, given: {}, retype: [] }

/** `in`, or the code that the form shows. */
const attempt = async (password: string, address = email) => {
  const form = new FormData()
  form.set('email', address)
  form.set('password', password)
  try {
    const { problems } = await signIn(blank, form)
    return problems[0]?.code
  } catch (error) {
    if (error instanceof Error && 'digest' in error) return 'in'
    throw error
  }
}

test('a browser that signed in before is let in while strangers guess, and one that did not is not', async () => {
  expect(await attempt(passphrase)).toBe('in')
  const browser = new Map(jar)
  expect(browser.get(known)).not.toContain(email)

  jar = new Map()
  for (let turn = 0; turn < 10; turn += 1) expect(await attempt('a guess')).toBe('credentials_wrong')
  expect(await attempt(passphrase)).toBe('too_many_attempts')

  jar = new Map([[known, browser.get(known) ?? '']])
  expect(await attempt(passphrase)).toBe('in')
  expect(await attempt(passphrase, 'luc@atelier.example')).toBe('in')
  expect(await attempt(passphrase)).toBe('in')
})

test('a sign-in that a limit refuses says for how long, in the form and to a program', async () => {
  const form = new FormData()
  form.set('email', 'nobody@atelier.example')
  form.set('password', 'a guess')
  const context = newRequest()
  const ask = () => withRequest(context, () => signIn(blank, form))
  for (let turn = 0; turn < 10; turn += 1) await ask()
  expect(context.limit).toBeNull()
  const { problems } = await ask()
  expect(problems[0]).toMatchObject({
    code: 'too_many_attempts',
    evidence: { retryAfterS: context.limit?.retryAfterS },
  })
  expect(context.limit?.retryAfterS).toBeGreaterThan(60)
})

test('a cookie that somebody made or altered is as good as none', async () => {
  expect(await attempt(passphrase, 'luc@atelier.example')).toBe('in')
  const sealed = jar.get(known) ?? ''
  for (let turn = 0; turn < 10; turn += 1) {
    jar = new Map([[known, turn % 2 ? `${sealed.slice(0, -3)}AAA` : 'eyJ.a.b.c.d']])
    expect(await attempt('a guess', 'luc@atelier.example')).toBe('credentials_wrong')
  }
  expect(await attempt(passphrase, 'luc@atelier.example')).toBe('too_many_attempts')
})
