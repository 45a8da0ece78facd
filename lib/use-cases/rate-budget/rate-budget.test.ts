import fc from 'fast-check'
import { describe, expect } from 'vitest'
import { type Container, createContainer } from '#lib/composition/container.ts'
import type { TenantId } from '#lib/domain/accounts/tenant.ts'
import type { CallFor } from '#lib/domain/rate-budget/spent-calls.ts'
import type { CallWindow } from '#lib/domain/rate-budget/whose-calls.ts'
import { takeSlot } from '#lib/sandbox/rate-window.ts'
import { openTestApp, type TestApp } from '#lib/testing/app/test-app.ts'
import { dialects } from '#lib/testing/database/fresh-database.ts'

const minute = 60_000
const minutes = 4

interface Plan {
  latencyMs: number
  seed: number
  /** How many pages each of two processes reads at once. */
  readers: [number, number]
  clicksPerMinute: number
}

/** Evenly between 0 and 1, the same for each seed. */
const randomOf = (seed: number) => {
  let state = seed >>> 0
  return () => {
    state = (state * 1_664_525 + 1_013_904_223) >>> 0
    return state / 2 ** 32
  }
}

/** What happens, in the order of a time that passes as fast as it is worked off. */
const timeline = () => {
  const events: { atMs: number; act: () => Promise<void> }[] = []
  const at = (atMs: number, act: () => Promise<void>) => {
    const index = events.findIndex((event) => event.atMs > atMs)
    events.splice(index < 0 ? events.length : index, 0, { atMs, act })
  }
  const run = async (untilMs: number, setTime: (ms: number) => void) => {
    for (let event = events.shift(); event && event.atMs < untilMs; event = events.shift()) {
      setTime(event.atMs)
      await event.act()
    }
  }
  return { at, run }
}

const simulate = async (processes: [Container, Container], startMs: number, window: CallWindow, plan: Plan) => {
  const random = randomOf(plan.seed)
  const { at, run } = timeline()
  const log: number[] = []
  const sent: { atMs: number; by: CallFor }[] = []
  let refused = 0
  let nowMs = startMs
  const now = () => new Date(nowMs)

  const call = (process: Container, by: CallFor, ended: () => Promise<void>) => {
    const attempt = async () => {
      const waitMs = await process.rateBudget.take(window, by, now())
      if (waitMs > 0) return at(nowMs + waitMs, attempt)
      sent.push({ atMs: nowMs, by })
      const arrivesMs = nowMs + random() * plan.latencyMs
      const answersMs = nowMs + plan.latencyMs
      at(arrivesMs, async () => {
        const { over, headers } = takeSlot(log, 200, nowMs)
        if (over) refused += 1
        const remaining = Number(headers['x-ratelimit-remaining'])
        at(answersMs, async () => {
          await process.rateBudget.note(window, { remaining, resetInMs: 1_000 }, over, now())
          await ended()
        })
      })
    }
    return attempt()
  }

  const read = (process: Container): Promise<void> => call(process, 'sync', () => read(process))
  for (const [index, count] of plan.readers.entries())
    for (let reader = 0; reader < count; reader += 1)
      at(startMs + random() * 100, () => read(processes[index] as Container))
  for (let click = 0; click < plan.clicksPerMinute * minutes; click += 1)
    at(startMs + random() * minutes * minute, () => call(processes[click % 2] as Container, 'person', async () => {}))
  await run(startMs + minutes * minute, (ms) => {
    nowMs = ms
  })
  const inMinute = (index: number) => sent.filter(({ atMs }) => Math.floor((atMs - startMs) / minute) === index).length
  return { refused, counts: Array.from({ length: minutes }, (_, index) => inMinute(index)), sent }
}

const windowOf = (accountId: string, provider: CallWindow['provider'] = 'teamleader'): CallWindow => ({
  provider,
  clientId: 'a'.repeat(32),
  accountId,
  tenantId: '' as TenantId,
  connectionId: '',
})

const within = async (url: string, work: (app: TestApp, processes: [Container, Container]) => Promise<void>) => {
  const testApp = await openTestApp({
    DATABASE_URL: url,
    ENCRYPTION_KEYS: `test:${Buffer.alloc(32, 7).toString('base64')}`,
    NEXTAUTH_SECRET: 'a'.repeat(32),
  })
  const other = await createContainer(testApp.env, { clock: testApp.clock, monotonicMs: testApp.clock.monotonicMs })
  await work(testApp, [testApp.app, other])
  await other.close()
  await testApp.close()
}

const [sqlite] = dialects

describe('the sync and people, in two processes on one database', () => {
  sqlite.test('are never refused a call, and never leave one of 190 a minute unused', { timeout: 60_000 }, ({ url }) =>
    within(url, async (testApp, processes) => {
      const plans = fc.record({
        latencyMs: fc.constantFrom(100, 300, 700),
        seed: fc.nat(1_000_000),
        readers: fc.constantFrom<[number, number]>([4, 0], [2, 2], [3, 1]),
        clicksPerMinute: fc.constantFrom(0, 6, 20),
      })
      let runs = 0
      await fc.assert(
        fc.asyncProperty(plans, async (plan) => {
          runs += 1
          const startMs = testApp.clock.now().getTime()
          const { refused, counts } = await simulate(processes, startMs, windowOf(`account-${runs}`), plan)
          expect(refused).toBe(0)
          expect(Math.min(...counts), JSON.stringify({ plan, counts })).toBeGreaterThanOrEqual(190)
        }),
        { numRuns: 15, seed: 20261127, endOnFailure: true },
      )
    }),
  )
})

describe.each(dialects)('a window of calls on $dialect', ({ test }) => {
  test('is shared exactly by two processes that take at the same moment', ({ url }) =>
    within(url, async (testApp, processes) => {
      const take = (index: number) =>
        (processes[index % 2] as Container).rateBudget.take(windowOf('x', 'teo'), 'back_end', testApp.clock.now())
      const waits = await Promise.all(Array.from({ length: 40 }, (_, index) => take(index)))
      const more = await Promise.all(Array.from({ length: 40 }, (_, index) => take(index)))
      expect([...waits, ...more].filter((waitMs) => waitMs === 0)).toHaveLength(57)
    }))
})
