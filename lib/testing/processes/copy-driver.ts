import { spawn } from 'node:child_process'
import { randomBytes } from 'node:crypto'
import { once } from 'node:events'
import { providerSettings } from '#lib/sandbox/provider-settings.ts'
import { openTestApp } from '../app/test-app.ts'
import { moveClockByHand } from '../database/postgres-clock.ts'
import { bundledProgram, project } from './bundled-program.ts'

export interface CopyOrder {
  nowMs: number
  /** Kills itself by SIGKILL before it commits a page, or right after; null lives on. */
  dies: 'before' | 'after' | null
}

/** A worker of a process of its own that copies lists, seen from outside. */
export const startCopyWorker = async (env: Record<string, string>) => {
  const program = await bundledProgram('lib/testing/processes/copy-process.ts')
  const child = spawn(process.execPath, [program], {
    cwd: project,
    env: { PATH: process.env.PATH, NODE_ENV: 'test', ...env } as NodeJS.ProcessEnv,
  })
  let complaint = ''
  child.stderr.on('data', (data) => {
    complaint += String(data)
  })
  const gone = once(child, 'exit') as Promise<[number | null, NodeJS.Signals | null]>
  await Promise.race([
    once(child.stdout, 'data'),
    gone.then(() => {
      throw new Error(`the process ended:\n${complaint}`)
    }),
  ])
  return {
    order: (order: CopyOrder) => void child.stdin.write(`${JSON.stringify(order)}\n`),
    /** @returns the signal that killed it, if one did */
    gone: gone.then(([, signal]) => signal),
    stop: async () => {
      child.stdin.end()
      await gone
    },
  }
}

/** A test app on a database that workers of other processes share; one clock for all of them, moved by `pass`. */
export const openCopyCluster = async (databaseUrl: string) => {
  const keys = {
    ENCRYPTION_KEYS: `k1:${randomBytes(32).toString('base64')}`,
    NEXTAUTH_SECRET: randomBytes(32).toString('base64'),
  }
  const databaseClock = /^postgres/.test(databaseUrl) ? await moveClockByHand(databaseUrl) : null
  const testApp = await openTestApp({ DATABASE_URL: databaseUrl, ...keys }, 'SQLite', databaseClock?.set)
  const env = {
    DATABASE_URL: databaseUrl,
    ...keys,
    ...providerSettings(testApp.env.teamleader.apiUrl),
    LOG_LEVEL: 'silent',
  }
  return {
    testApp,
    /** @param otherwise settings of this one alone */
    start: (otherwise: Record<string, string> = {}) => startCopyWorker({ ...env, ...otherwise }),
    close: async () => {
      await testApp.close()
      databaseClock?.remove()
    },
  }
}
