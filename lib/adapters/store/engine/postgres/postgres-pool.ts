import { setTimeout as sleep } from 'node:timers/promises'
import { DrizzleQueryError } from 'drizzle-orm'
import pg from 'pg'
import { cancelStatement } from './postgres-cancel.ts'

/** How long a call may take in all: for a free connection, its statements, and their repetition after a conflict. */
export const readMs = 5_000
export const writeMs = 10_000

export const connectionSettings = {
  connectionTimeoutMillis: 5_000,
  keepAlive: true,
  keepAliveInitialDelayMillis: 10_000,
} satisfies pg.PoolConfig

const causeOf = (error: unknown) => (error instanceof DrizzleQueryError ? error.cause : error)

/** The SQLSTATE of what PostgreSQL itself refused; undefined for a connection that broke. */
export const sqlState = (error: unknown): string | undefined => {
  const { code } = (causeOf(error) ?? {}) as { code?: unknown }
  return typeof code === 'string' && /^(?=.*\d)[0-9A-Z]{5}$/.test(code) ? code : undefined
}

/** pg names its own timeouts and broken connections with a message alone. */
const withCode = (error: unknown): unknown => {
  const known = causeOf(error)
  if (!(known instanceof Error) || 'code' in known) return error
  return Object.assign(new Error('the connection to PostgreSQL broke', { cause: known }), { code: 'ECONNRESET' })
}

/** Serialization failure and deadlock: nothing was done, and the same again may succeed. */
const isConflict = (error: unknown) => ['40001', '40P01'].includes(sqlState(error) ?? '')

/** Connections to one database, lent for one call at a time. */
export const lendingPool = (connectionString: string) => {
  const open = () => {
    const pool = new pg.Pool({ ...connectionSettings, connectionString, max: 10, maxLifetimeSeconds: 600 })
    // a client that loses its server must not end the process, idle or in the middle of a transaction: its query says so
    return pool.on('error', () => {}).on('connect', (client) => client.on('error', () => {}))
  }
  let pool = open()
  const pools = new Set([pool])

  /** After one call without an answer every connection that was open then is doubted: new calls get new ones. */
  const replace = (silent: pg.Pool) => {
    if (pool !== silent) return
    pool = open()
    pools.add(pool)
    // its last calls end by then
    setTimeout(() => {
      pools.delete(silent)
      if (!silent.ending) void silent.end()
    }, writeMs).unref()
  }

  const once = async <T>(ms: number, use: (client: pg.PoolClient) => Promise<T>): Promise<T> => {
    const from = pool
    let lent: pg.PoolClient | undefined
    let late = false
    let timer: NodeJS.Timeout | undefined
    const deadline = new Promise<never>((_, reject) => {
      timer = setTimeout(() => {
        late = true
        if (lent) {
          cancelStatement(lent)
          lent.release(true)
        }
        replace(from)
        reject(Object.assign(new Error('PostgreSQL did not answer in time'), { code: 'ETIMEDOUT' }))
      }, ms)
    })
    const work = async () => {
      const client = await from.connect()
      lent = client
      try {
        const result = await use(client)
        if (!late) client.release()
        return result
      } catch (error) {
        if (!late) client.release(sqlState(error) === undefined)
        throw error
      }
    }
    const working = work()
    // after the deadline nobody waits for it
    working.catch(() => {})
    try {
      return await Promise.race([working, deadline])
    } catch (error) {
      throw withCode(error)
    } finally {
      clearTimeout(timer)
    }
  }

  /** @throws an error of pg, or one with the code `ETIMEDOUT`; its connection is then closed. */
  const lend = async <T>(ms: number, use: (client: pg.PoolClient) => Promise<T>): Promise<T> => {
    const untilMs = performance.now() + ms
    for (let pauseMs = 5; ; pauseMs = Math.min(pauseMs * 2, 200)) {
      try {
        return await once(untilMs - performance.now(), use)
      } catch (error) {
        if (!isConflict(error) || performance.now() + pauseMs >= untilMs) throw error
      }
      await sleep(pauseMs * (0.5 + Math.random()))
    }
  }

  /** Waits no longer for a server that does not answer. */
  const close = async () => {
    const ended = Promise.all([...pools].map((each) => each.end()))
    await Promise.race([ended, sleep(readMs, null, { ref: false })])
  }

  return { lend, close }
}
