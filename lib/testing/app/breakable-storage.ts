import { randomBytes } from 'node:crypto'
import BetterSqlite3 from 'better-sqlite3'
import { openCuttingProxy } from '../servers/cutting-proxy.ts'
import { openTestApp } from './test-app.ts'

const keys = () => ({
  ENCRYPTION_KEYS: `k1:${randomBytes(32).toString('base64')}`,
  NEXTAUTH_SECRET: randomBytes(32).toString('base64'),
})

const refuse = `BEGIN SELECT RAISE(ABORT, 'database or disk is full'); END`

/** A file that takes no writes about tokens, as on a full disk. */
const openFile = async (url: string) => {
  const testApp = await openTestApp({ DATABASE_URL: url, ...keys() })
  const run = (statement: string) => {
    const file = new BetterSqlite3(url.slice('file:'.length))
    file.exec(statement)
    file.close()
  }
  return {
    testApp,
    break: () =>
      run(
        ['INSERT', 'UPDATE']
          .map((what) => `CREATE TRIGGER full_${what} BEFORE ${what} ON token_sets ${refuse};`)
          .join(''),
      ),
    mend: () => run('DROP TRIGGER full_INSERT; DROP TRIGGER full_UPDATE'),
    close: testApp.close,
  }
}

/** A server that is not there. */
const openServer = async (url: string) => {
  const proxy = await openCuttingProxy(url)
  const testApp = await openTestApp({ DATABASE_URL: proxy.url, ...keys() })
  return {
    testApp,
    break: proxy.down,
    mend: proxy.up,
    close: async () => {
      await testApp.close()
      await proxy.close()
    },
  }
}

/** A test app whose database can fail, and answer again. */
export const openBreakable = (url: string) => (url.startsWith('file:') ? openFile(url) : openServer(url))

export type Breakable = Awaited<ReturnType<typeof openBreakable>>
