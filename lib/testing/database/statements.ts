import BetterSqlite3 from 'better-sqlite3'
import { Placeholder } from 'drizzle-orm'
import pg from 'pg'
import type { Database } from '#lib/adapters/store/engine/database.ts'

/** A statement as the database was sent it. */
export interface Sent {
  sql: string
  params: unknown[]
}

interface Builder {
  toSQL(): Sent
}

const isBuilder = (value: unknown): value is Builder =>
  typeof value === 'object' && value !== null && typeof (value as Partial<Builder>).toSQL === 'function'

const runs = new Set<PropertyKey>(['then', 'prepare', 'all', 'run'])

const watched = <T extends object>(target: T, onSent: (sent: Sent) => void): T =>
  new Proxy(target, {
    get: (object, name) => {
      const member: unknown = Reflect.get(object, name)
      if (typeof member !== 'function') return member
      return (...args: unknown[]) => {
        if (runs.has(name) && isBuilder(object)) onSent(object.toSQL())
        const result: unknown = member.apply(object, args)
        const isPart = typeof result === 'object' && result !== null && !runs.has(name) && name !== 'toSQL'
        return isPart ? watched(result, onSent) : result
      }
    },
  })

/** The same database, whose statements are told to `onSent` as they run. */
export const watchStatements = (db: Database, onSent: (sent: Sent) => void): Database => ({
  ...db,
  q: watched(db.q, onSent),
  passing: watched(db.passing, onSent),
  atomically: ({ guard, then }) =>
    db.atomically({
      guard: (q) => guard(watched(q, onSent)),
      then: (q) => then(watched(q, onSent)),
    }),
})

const bound = (params: unknown[], given: Record<string, unknown>) =>
  params.map((param) => (param instanceof Placeholder ? given[param.name] : param))

/** How a database says it will find the rows of a statement. */
export const explain = async (url: string, { sql, params }: Sent, given: Record<string, unknown>) => {
  if (url.startsWith('file:')) {
    const client = new BetterSqlite3(url.slice('file:'.length))
    const rows = client.prepare(`EXPLAIN QUERY PLAN ${sql}`).all(...bound(params, given)) as { detail: string }[]
    client.close()
    return rows.map(({ detail }) => detail).join('\n')
  }
  const client = new pg.Client({ connectionString: url })
  await client.connect()
  try {
    const { rows } = await client.query<{ 'QUERY PLAN': string }>(`EXPLAIN ${sql}`, bound(params, given))
    return rows.map((row) => row['QUERY PLAN']).join('\n')
  } finally {
    await client.end()
  }
}
