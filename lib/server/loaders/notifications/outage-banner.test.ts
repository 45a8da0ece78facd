import { afterAll, beforeAll, expect, test, vi } from 'vitest'
import { type Container, container } from '#lib/composition/container.ts'
import { readOutages } from './outage-banner.ts'

let app: Container
beforeAll(async () => {
  vi.stubEnv('DATABASE_URL', 'file::memory:')
  vi.stubEnv('LOG_LEVEL', 'silent')
  app = await container()
})
afterAll(() => app.close())

test('the outage of any provider is told, by its name', async () => {
  expect(await readOutages()).toEqual([])
  const at = new Date('2026-11-20T13:09:00Z')
  const entry = {
    at,
    tenantId: null,
    connectionId: null,
    actor: { kind: 'system' },
    outcome: 'ok',
    detail: {},
  } as const
  await app.store.outages.open('teo', 'no_answer', 60_000, { ...entry, event: 'outage.opened' })
  expect(await readOutages()).toEqual([{ provider: 'teo', kind: 'no_answer', since: at }])
})
