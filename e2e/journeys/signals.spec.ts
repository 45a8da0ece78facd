import { Agent, get } from 'node:http'
import { askApi, newKey, reportAtLeisure, reportRefused } from '../harness/api-client.ts'
import { AppServer } from '../harness/app-server.ts'
import { connectAhead, eventsOf, expect, test as journey, makeDue, refreshes } from '../harness/connection.ts'
import { type Customer, enter, keyPage, newCustomer } from '../harness/customer.ts'
import { expectFailure, expectState, messages, tlGroup } from '../pages/tl-group-section.ts'

/** Left to `npm run test:crash`. */
const crash = { tag: '@crash' }

/** An app of its own for each test, since its processes are ended; its tenant is connected. */
const test = journey.extend<{ own: AppServer; ownCustomer: Customer; held: string; settings: Record<string, string> }>({
  settings: [{}, { option: true }],
  own: async ({ settings }, use) => {
    const server = await AppServer.open(settings)
    await use(server)
    await server.close()
  },
  ownCustomer: async ({ own }, use) => {
    const ownCustomer = await newCustomer(own)
    await connectAhead(own, ownCustomer)
    await use(ownCustomer)
  },
  held: async ({ own, ownCustomer }, use) => use(await newKey(own, ownCustomer.tenantId)),
  baseURL: ({ own }, use) => use(own.url),
})

test('told to end while twenty back ends wait for a slow refresh, the app answers them first', async ({
  own,
  ownCustomer,
  held,
}) => {
  await own.sandbox.script({ clientId: ownCustomer.integration.clientId }, [{ delay_before: 3_000 }])
  const waiting = await Promise.all(Array.from({ length: 20 }, () => reportAtLeisure(own, held, 1)))
  await expect.poll(async () => (await refreshes(own, ownCustomer)).length).toBe(1)
  expect(await own.end('SIGTERM')).toBe(0)
  const answers = await Promise.all(waiting.map(({ answered }) => answered))
  expect(answers.map(({ status }) => status)).toEqual(Array(20).fill(200))
  const [token, ...others] = new Set(answers.map(({ json }) => json.access_token))
  expect(others).toEqual([])
  expect(own.output()).not.toContain('"level":"error"')

  await own.start()
  const { status, json } = await askApi(own, held)
  expect({ status, token: json.access_token, version: json.token_version }).toEqual({ status: 200, token, version: 2 })
  expect(await refreshes(own, ownCustomer)).toHaveLength(1)
})

test('told to end while browsers ask for pages, the app answers each request, and resets no connection', async ({
  own,
}) => {
  const outcomes: unknown[] = []
  const askOn = async () => {
    const agent = new Agent({ keepAlive: true, maxSockets: 1 })
    for (;;) {
      const outcome = await new Promise((resolve) => {
        get(`${own.url.replace('localhost', '127.0.0.1')}/connexion`, { agent }, (answer) => {
          answer.resume().on('end', () => resolve(answer.statusCode))
        }).on('error', ({ code }: NodeJS.ErrnoException) => resolve(code))
      })
      outcomes.push(outcome)
      if (outcome !== 200) return
    }
  }
  const browsers = Array.from({ length: 24 }, askOn)
  await expect.poll(() => outcomes.length).toBeGreaterThan(48)
  expect(await own.end('SIGTERM')).toBe(0)
  await Promise.all(browsers)
  expect(outcomes.filter((outcome) => outcome !== 200)).toEqual(Array(24).fill('ECONNREFUSED'))
})

/** A process that starts leaves open intents alone for half a minute, and comes back to them a minute after it met them. */
const settling = { timeout: 100_000 }

/** Cuts the power while Teamleader thinks, and waits until nobody else may hold the right to ask. */
const cutPower = async (own: AppServer, ownCustomer: Customer, held: string) => {
  const unanswered = reportRefused(own, held, 1).catch(() => null)
  await expect.poll(async () => (await refreshes(own, ownCustomer)).length).toBe(1)
  await own.kill()
  await unanswered
  await makeDue(own, ownCustomer)
  await own.start()
}

test(
  'killed before Teamleader did anything: the next process settles it and keeps the pair',
  crash,
  async ({ own, ownCustomer, held, page }) => {
    await own.sandbox.script({ clientId: ownCustomer.integration.clientId }, [{ delay_before: 60_000, status: 503 }])
    await cutPower(own, ownCustomer, held)
    test.setTimeout(180_000)
    await expect.poll(async () => (await askApi(own, held)).json.token_version, settling).toBe(2)
    expect(await refreshes(own, ownCustomer)).toHaveLength(2)
    expect(await eventsOf(own, ownCustomer)).toContain('token.refreshed')
    await enter(page, own, ownCustomer)
    await expectState(page, 'connected', 'Success')
  },
)

test(
  'killed after Teamleader had spent the token: the next process names the loss',
  crash,
  async ({ own, ownCustomer, held, page }) => {
    await own.sandbox.script({ clientId: ownCustomer.integration.clientId }, [{ delay_after: 60_000 }])
    await cutPower(own, ownCustomer, held)
    test.setTimeout(180_000)
    await expect.poll(() => eventsOf(own, ownCustomer), settling).toContain('token.refused')
    const incidents = await own.compose(({ store }) => store.incidents.list(ownCustomer.tenantId))
    expect(incidents).toMatchObject([{ reason: 'lost_response', closedAt: null }])
    await enter(page, own, ownCustomer)
    await expectState(page, 'reconnect_required', 'Failed, Status code: BadRequest')
    await expectFailure(page, 'lost_response')
    expect(await refreshes(own, ownCustomer)).toHaveLength(2)
  },
)

test.describe('with a worker', () => {
  test.use({ settings: { WORKER: 'external' } })

  test('the background work and the API are the worker’s alone', async ({ own, ownCustomer, held, page }) => {
    // an access that is over within the second: whoever does the background work refreshes it
    await makeDue(own, ownCustomer)
    await own.inDatabase(async ({ q, tables: { tokenSets } }) => {
      await q.update(tokenSets).set({ expiresAt: new Date(Date.now() - 1_000) })
    })
    await enter(page, own, ownCustomer)
    await expect(tlGroup(page).getByText(messages.fact.expired)).toBeVisible()
    await expect(fetch(`${own.apiUrl}/api/health`)).rejects.toThrow()
    expect(await refreshes(own, ownCustomer)).toEqual([])

    await own.startWorker()
    await expect.poll(async () => (await askApi(own, held)).json.token_version).toBe(2)
    expect(await refreshes(own, ownCustomer)).toHaveLength(1)
    await page.goto(keyPage)
    await expectState(page, 'connected', 'Success')
    expect(await own.end('SIGTERM')).toBe(0)
    await expect(fetch(`${own.apiUrl}/api/health`)).rejects.toThrow()
    await page.reload()
    await expectState(page, 'connected', 'Success')
  })
})
