import { afterAll, beforeAll, expect, test, vi } from 'vitest'
import { type Container, container } from '#lib/composition/container.ts'
import type { FormState } from '#lib/domain/form-state.ts'
import { resendDelivery } from './deliveries.ts'

let sent = new Headers()
vi.mock('next/headers', () => ({ headers: async () => sent, cookies: async () => ({ get: () => undefined }) }))

let app: Container

beforeAll(async () => {
  vi.stubEnv('DATABASE_URL', 'file::memory:')
  vi.stubEnv('LOG_LEVEL', 'silent')
  app = await container()
  sent = new Headers({ origin: app.publicUrl })
})
afterAll(() => app.close())

const blank: FormState = { at: null, values: {}, problems: [], warnings: [], done: false, given: {}, retype: [] }

test('« Renvoyer » after the session is over is answered in its form', async () => {
  const data = new FormData()
  data.set('tenantId', app.random.uuid())
  data.set('delivery', app.random.uuid())
  const { problems, done } = await resendDelivery(blank, data)
  expect(problems.map(({ code }) => code)).toEqual(['session_ended'])
  expect(done).toBe(false)
})
