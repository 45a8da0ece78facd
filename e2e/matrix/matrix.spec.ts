import { apiApp } from '../../lib/api/app.ts'
import { AppServer } from '../harness/app-server.ts'
import { test as base, expect } from '../harness/customer.ts'
import { actions } from './actions.ts'
import { endpoints, programs } from './api-callers.ts'
import { performAll } from './check-actions.ts'
import { requestAll } from './check-api.ts'
import { visitAll } from './check-pages.ts'
import { findActions, findPages, findRoutes } from './discovery.ts'
import { postponeReading } from './fixtures.ts'
import { pages } from './pages.ts'
import { openReport, type Row } from './results.ts'
import { routes } from './routes.ts'
import { untilQuiet, watchRows } from './row-digests.ts'
import { gather, roles } from './test-users.ts'

/** An app of its own, which sends no mail: whoever asks for a password changes nothing there. */
const test = base.extend<{ own: AppServer }>({
  // biome-ignore lint/correctness/noEmptyPattern: Playwright reads the names from the pattern
  own: async ({}, use) => {
    const server = await AppServer.open()
    await use(server)
    await server.close()
  },
})

const sorted = (table: object) => Object.keys(table).sort()

test('every page, route, action and endpoint of the app is in the matrix, and no other', async ({ server }) => {
  expect(sorted(pages)).toEqual(findPages())
  expect(sorted(routes)).toEqual(findRoutes())
  expect(sorted(actions)).toEqual(findActions())
  const served = await server.compose(async (app) => apiApp(app).routes)
  const methods = served.filter(({ method }) => method !== 'ALL').map(({ method, path }) => `${method} ${path}`)
  expect(sorted(endpoints)).toEqual([...new Set(methods)].sort())
})

const tableOf = (columns: readonly string[], rows: Row[]) =>
  [
    `| | ${columns.join(' | ')} |`,
    `| --- |${' --- |'.repeat(columns.length)}`,
    ...rows.map(
      ({ endpoint, cells }) => `| ${endpoint} | ${columns.map((column) => cells[column] ?? '').join(' | ')} |`,
    ),
  ].join('\n')

test('whoever asks for whatever gets what is theirs: no leak', async ({ own }, info) => {
  test.slow()
  await own.inDatabase(async (db) => {
    const accounts = await gather(own, db)
    await untilQuiet(db, accounts.ids.tenantId)
    await postponeReading(db, accounts.ids.tenantId)
    const report = openReport(accounts, await watchRows(db, accounts.ids.tenantId))
    await visitAll(accounts, report)
    await requestAll(accounts, report)
    await performAll(accounts, report)
    const { rows, leaks } = report
    const [userRows, back] = [true, false].map((ours) =>
      rows.filter(({ endpoint }) => /^(app|lib)\//.test(endpoint) === ours),
    )
    const body = `${tableOf(roles, userRows ?? [])}\n\n${tableOf(programs, back ?? [])}\n`
    await info.attach('access matrix', { body, contentType: 'text/markdown' })
    const answers = rows.flatMap(({ cells }) => Object.values(cells)).length
    console.log(`access matrix: ${rows.length} doors, ${answers} answers, ${leaks.length} leaks`)
    expect(leaks).toEqual([])
  })
})
