import { randomBytes } from 'node:crypto'
import Database from 'better-sqlite3'
import { AppServer } from '../harness/app-server.ts'
import { expect, test } from '../harness/customer.ts'

/** Rows of every table. */
const countRows = (server: AppServer) => {
  const db = new Database(server.databaseFile, { readonly: true })
  try {
    const tables = db.prepare("select name from sqlite_master where type = 'table'").pluck().all() as string[]
    return Object.fromEntries(tables.map((name) => [name, db.prepare(`select count(*) from "${name}"`).pluck().get()]))
  } finally {
    db.close()
  }
}

test('a burst of invented states leaves no row, asks for no token, and is limited', async () => {
  // an app of its own: the limit is one of the process, and others come back too
  const server = await AppServer.open()
  try {
    const before = countRows(server)
    const statuses: number[] = []
    const invent = () => `/oauth/callback?code=def50200abc&state=${randomBytes(32).toString('base64url')}`
    for (let round = 0; round < 10; round++) {
      const answers = await Promise.all(
        Array.from({ length: 20 }, () => fetch(`${server.url}${invent()}`, { redirect: 'manual' })),
      )
      statuses.push(...answers.map(({ status }) => status))
    }
    expect(countRows(server)).toEqual(before)
    expect((await server.sandbox.journal()).requests).toEqual([])
    expect(statuses.filter((status) => status === 303).length).toBeLessThanOrEqual(60)
    expect(statuses.filter((status) => status === 429).length).toBeGreaterThanOrEqual(140)
    expect(new Set(statuses)).toEqual(new Set([303, 429]))
    expect((await fetch(`${server.url}/connexion`)).status).toBe(200)
  } finally {
    await server.close()
  }
})
