import { afterAll, beforeAll, expect, test, vi } from 'vitest'
import { type Container, container } from '#lib/composition/container.ts'
import type { FormState } from '#lib/domain/form-state.ts'
import { operator } from '#lib/testing/app/accounts-app.ts'
import { acceptInvitation } from './account.ts'

let app: Container
vi.mock('next/headers', () => ({ headers: async () => new Headers({ origin: app.publicUrl }) }))

beforeAll(async () => {
  vi.stubEnv('DATABASE_URL', 'file::memory:')
  vi.stubEnv('LOG_LEVEL', 'silent')
  app = await container()
})
afterAll(() => app.close())

const blank: FormState = { at: null, values: {}, problems: [], warnings: [], done: false, given: {}, retype: [] }

test('an invitation accepted with mistakes says all of them, each at its field, and is not used up', async () => {
  const tenantId = await app.createAccounts.addTenant({ name: 'Atelier Delvaux SRL', ref: null }, operator)
  const marie = { email: 'marie@atelier.example', role: 'admin', tenantId, password: null } as const
  const { token } = await app.createAccounts.addUser(marie, operator)
  const form = new FormData()
  for (const [name, value] of Object.entries({ token: token ?? '', name: ' ', password: 'court', passwordAgain: '' }))
    form.set(name, value)
  const state = await acceptInvitation(blank, form)
  expect(state).toMatchObject({
    done: false,
    problems: [
      { code: 'name_missing', field: 'name' },
      { code: 'password_too_short', field: 'password' },
    ],
    retype: ['password'],
  })
  expect(await app.acceptInvitation.read(token ?? '')).not.toBeNull()
})
