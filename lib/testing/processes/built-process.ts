import { type ChildProcess, spawn } from 'node:child_process'
import { once } from 'node:events'
import { join } from 'node:path'
import { setTimeout as sleep } from 'node:timers/promises'
import { project } from './bundled-program.ts'

const patienceMs = 60_000

/** A process of the standalone build, on ports that it keeps when it is started again. */
export const startBuilt = async (program: 'serve' | 'worker', port: number, env: Record<string, string>) => {
  const file = join(project, '.next', 'standalone', `${program}.mjs`)
  const url = `http://127.0.0.1:${port}`
  let child: ChildProcess | null = null
  let complaint = ''

  const start = async () => {
    const begun = spawn(process.execPath, ['--max-semi-space-size=16', file], {
      env: { PATH: process.env.PATH ?? '', NODE_ENV: 'production', ...env },
      stdio: ['ignore', 'ignore', 'pipe'],
    })
    child = begun
    begun.stderr?.on('data', (data) => {
      complaint = (complaint + String(data)).slice(-2_000)
    })
    for (const until = performance.now() + patienceMs; performance.now() < until; await sleep(50)) {
      if (begun.exitCode !== null) break
      const answer = await fetch(`${url}/api/ready`).catch(() => null)
      if (answer?.ok) return
    }
    throw new Error(`${program} on ${port} is not ready:\n${complaint}`)
  }

  const end = async (signal: 'SIGTERM' | 'SIGKILL') => {
    const ending = child
    if (!ending || ending.exitCode !== null || ending.signalCode !== null) return
    const gone = once(ending, 'exit')
    ending.kill(signal)
    await gone
  }

  await start()
  return { name: `${program} ${port}`, url, start, end }
}

export type BuiltProcess = Awaited<ReturnType<typeof startBuilt>>
