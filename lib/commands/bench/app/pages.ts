import { gzipSync } from 'node:zlib'
import { type Browser, chromium, type Page } from '@playwright/test'
import { AppServer } from '../../../../e2e/harness/app-server.ts'
import { connectAhead } from '../../../../e2e/harness/connection.ts'
import { type Customer, newCustomer, sessionCookieOf } from '../../../../e2e/harness/customer.ts'
import { findBrowser } from '../../../../e2e/harness/find-browser.ts'
import { newSupporter } from '../../../../e2e/pages/support.ts'
import { copied } from '../../../../e2e/pages/sync-page.ts'
import { median, type Section, table } from '../section.ts'

const rounds = 5

/** Of a phone of the lower middle class, as Lighthouse sets it. */
const slowdown = 4

const adminPages = ['cle-de-securite', 'guide', 'journal', 'synchronisation', 'utilisateurs']

interface Visit {
  scriptBytes: number
  paintMs: number
  delayMs: number
}

/** In the page: the largest paint so far, and the longest delay of an input, both in ms. tsx would break a named function. */
const observed = () => {
  const seen = { paint: 0, delay: 0 }
  Object.assign(globalThis, { seen })
  new PerformanceObserver((list) => {
    for (const entry of list.getEntries()) seen.paint = entry.startTime
  }).observe({ type: 'largest-contentful-paint', buffered: true })
  // an event tells of itself from 16 ms on, the first one always
  for (const type of ['event', 'first-input'])
    new PerformanceObserver((list) => {
      for (const { duration } of list.getEntries()) seen.delay = Math.max(seen.delay, duration)
    }).observe({ type, buffered: true, durationThreshold: 16 } as PerformanceObserverInit)
}

/** Presses each key of the page's own kind: a letter into its first field, else Tab through its links. */
const interact = async (page: Page) => {
  const field = page
    .locator('main input:is([type="text"], [type="email"], [type="search"], :not([type])):visible')
    .first()
  if ((await field.count()) > 0) await field.pressSequentially('abcdef', { delay: 50 })
  else for (let times = 0; times < 6; times += 1) await page.keyboard.press('Tab', { delay: 50 })
  await page.waitForTimeout(500)
}

const visit = async (browser: Browser, url: string, cookie: { name: string; value: string } | null): Promise<Visit> => {
  const context = await browser.newContext({ locale: 'fr-BE' })
  try {
    if (cookie) await context.addCookies([{ ...cookie, url }])
    const page = await context.newPage()
    await page.addInitScript(observed)
    const client = await context.newCDPSession(page)
    await client.send('Emulation.setCPUThrottlingRate', { rate: slowdown })
    const scripts: Promise<number>[] = []
    page.on('response', (response) => {
      if (response.request().resourceType() === 'script')
        scripts.push(response.body().then((body) => gzipSync(body).length))
    })
    await page.goto(url, { waitUntil: 'networkidle' })
    await interact(page)
    const { paint, delay } = (await page.evaluate('globalThis.seen')) as { paint: number; delay: number }
    const scriptBytes = (await Promise.all(scripts)).reduce((sum, bytes) => sum + bytes, 0)
    return { scriptBytes, paintMs: paint, delayMs: delay }
  } finally {
    await context.close()
  }
}

const measurePage = async (
  browser: Browser,
  server: AppServer,
  path: string,
  who: Pick<Customer, 'email' | 'password'> | null,
) => {
  const visits: Visit[] = []
  for (let round = 0; round < rounds; round += 1)
    visits.push(await visit(browser, `${server.url}${path}`, who && (await sessionCookieOf(server, who))))
  const of = (pick: (one: Visit) => number) => median(visits.map(pick))
  return [
    path,
    (of(({ scriptBytes }) => scriptBytes) / 1000).toFixed(0),
    of(({ paintMs }) => paintMs).toFixed(0),
    of(({ delayMs }) => delayMs).toFixed(0),
  ]
}

const measureOn = async (server: AppServer, browser: Browser) => {
  const customer = await newCustomer(server)
  await connectAhead(server, customer)
  await copied(server, customer)
  const rows = [await measurePage(browser, server, '/connexion', null)]
  for (const page of adminPages) rows.push(await measurePage(browser, server, `/administratif/${page}`, customer))
  rows.push(await measurePage(browser, server, '/mon-compte', customer))
  const supporter = await newSupporter(server)
  for (const path of ['/support', `/support/${customer.tenantId}`])
    rows.push(await measurePage(browser, server, path, supporter))
  return rows.map(([path = '', ...figures]) => [path.replace(customer.tenantId, '{tenantId}'), ...figures])
}

/** What a first visit loads, when its largest part is painted, and how long a key waits, on a slowed processor. */
export const pages: Section = {
  name: 'pages',
  title: 'Pages in a browser',
  needsBuild: true,
  measure: async () => {
    const server = await AppServer.open({ LOG_LEVEL: 'warn' })
    const browser = await chromium.launch({ ...findBrowser(), args: ['--no-sandbox'] })
    try {
      const head = [`processor slowed ${slowdown} times`, 'scripts, kB gzip', 'LCP, ms', 'longest input delay, ms']
      return table(head, await measureOn(server, browser))
    } finally {
      await browser.close()
      await server.close()
    }
  },
}
