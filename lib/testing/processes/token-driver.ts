import { type ChildProcess, spawn } from 'node:child_process'
import { once } from 'node:events'
import { createInterface } from 'node:readline'
import { bundledProgram, project } from './bundled-program.ts'

/** What one caller of another process was given. */
export interface IssuedToken {
  token: string | null
  version: number | null
  failure: string | null
}

interface Line {
  id?: number
  ready?: boolean
  given?: IssuedToken[]
}

/** A process with the real container of its own. */
export const startTokenProcess = async (env: Record<string, string>, clockMs = 0) => {
  const child: ChildProcess = spawn(
    process.execPath,
    [await bundledProgram('lib/testing/processes/token-process.ts'), `--clock-ms=${clockMs}`],
    {
      cwd: project,
      env: { PATH: process.env.PATH, NODE_ENV: 'test', ...env } as NodeJS.ProcessEnv,
      stdio: ['pipe', 'pipe', 'pipe'],
    },
  )
  const gone = once(child, 'exit')
  let complaint = ''
  child.stderr?.on('data', (data) => {
    complaint += String(data)
  })
  const waiting = new Map<number, (given: IssuedToken[]) => void>()
  let orders = 0
  let ready = () => {}
  const started = new Promise<void>((resolve, reject) => {
    ready = resolve
    void gone.then(() => reject(new Error(`the process ended:\n${complaint}`)))
  })
  started.catch(() => {})
  if (child.stdout)
    createInterface({ input: child.stdout }).on('line', (text) => {
      const line = JSON.parse(text) as Line
      if (line.ready) ready()
      if (line.id !== undefined) waiting.get(line.id)?.(line.given ?? [])
    })
  await started

  const order = (verb: string, tenantId: string, times: number) => {
    orders += 1
    const id = orders
    child.stdin?.write(`${JSON.stringify({ id, verb, tenantId, times })}\n`)
    return new Promise<IssuedToken[]>((resolve, reject) => {
      waiting.set(id, resolve)
      void gone.then(() => reject(new Error(`the process ended:\n${complaint}`)))
    })
  }
  return {
    obtain: (tenantId: string, times = 1) => order('obtain', tenantId, times),
    sweep: () => order('sweep', '', 0),
    /** Refreshes without end: this process is there to be killed. */
    churn: (tenantId: string) => void order('churn', tenantId, 0).catch(() => {}),
    signal: (name: 'SIGSTOP' | 'SIGCONT') => void child.kill(name),
    kill: async () => {
      child.kill('SIGKILL')
      await gone
    },
    /** Killed by a process that neither waits for ours nor shares its turns with the sandbox. */
    killIn: async (ms: number) => {
      spawn('/bin/sh', ['-c', `sleep ${(ms / 1000).toFixed(3)}; kill -9 ${child.pid}`], { stdio: 'ignore' })
      await gone
    },
    close: async () => {
      child.stdin?.end()
      await gone
    },
  }
}

export type TokenProcess = Awaited<ReturnType<typeof startTokenProcess>>
