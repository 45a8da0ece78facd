import { apiApp } from '../lib/api/app.ts'
import { House } from './house.ts'
import { test as base, expect } from './journey.ts'
import { actions } from './matrix/actions.ts'
import { gather, roles } from './matrix/cast.ts'
import { watchRows } from './matrix/digest.ts'
import { findActions, findPages, findRoutes } from './matrix/discovery.ts'
import { knockAll } from './matrix/knock.ts'
import { openLedger, type Row } from './matrix/ledger.ts'
import { pages } from './matrix/pages.ts'
import { performAll } from './matrix/perform.ts'
import { doors, programs } from './matrix/programs.ts'
import { routes } from './matrix/routes.ts'
import { visitAll } from './matrix/visit.ts'

/** A house of its own, which sends no mail: whoever asks for a password changes nothing there. */
const test = base.extend<{ own: House }>({
  // biome-ignore lint/correctness/noEmptyPattern: Playwright reads the names from the pattern
  own: async ({}, use) => {
    const house = await House.open()
    await use(house)
    await house.close()
  },
})

const sorted = (table: object) => Object.keys(table).sort()

test('every page, route, action and door of the house is in the matrix, and no other', async ({ house }) => {
  expect(sorted(pages)).toEqual(findPages())
  expect(sorted(routes)).toEqual(findRoutes())
  expect(sorted(actions)).toEqual(findActions())
  const served = await house.compose(async (app) => apiApp(app).routes)
  const methods = served.filter(({ method }) => method !== 'ALL').map(({ method, path }) => `${method} ${path}`)
  expect(sorted(doors)).toEqual([...new Set(methods)].sort())
})

const tableOf = (columns: readonly string[], rows: Row[]) =>
  [
    `| | ${columns.join(' | ')} |`,
    `| --- |${' --- |'.repeat(columns.length)}`,
    ...rows.map(({ door, cells }) => `| ${door} | ${columns.map((column) => cells[column] ?? '').join(' | ')} |`),
  ].join('\n')

test('whoever asks for whatever gets what is theirs: no leak', async ({ own }, info) => {
  test.slow()
  await own.inDatabase(async (db) => {
    const cast = await gather(own, db)
    const ledger = openLedger(cast, await watchRows(db, cast.ids.tenantId))
    await visitAll(cast, ledger)
    await knockAll(cast, ledger)
    await performAll(cast, ledger)
    const { rows, leaks } = ledger
    const [people, back] = [true, false].map((ours) => rows.filter(({ door }) => /^(app|lib)\//.test(door) === ours))
    const body = `${tableOf(roles, people ?? [])}\n\n${tableOf(programs, back ?? [])}\n`
    await info.attach('access matrix', { body, contentType: 'text/markdown' })
    const answers = rows.flatMap(({ cells }) => Object.values(cells)).length
    console.log(`access matrix: ${rows.length} doors, ${answers} answers, ${leaks.length} leaks`)
    expect(leaks).toEqual([])
  })
})
