import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { readdirSync, readFileSync } from 'node:fs'
import { createInterface } from 'node:readline'
import { bundledProgram, project } from '../processes/bundled-program.ts'

export type Outcomes = Record<string, number>

/** A process of the soak, seen from outside. */
export const startSoakProcess = async (env: Record<string, string>, clockMs: number, outcomes: Outcomes) => {
  const program = await bundledProgram('lib/testing/soak/soak-process.ts')
  const child = spawn(process.execPath, [program, `--clock-ms=${clockMs}`], {
    cwd: project,
    env: { PATH: process.env.PATH, NODE_ENV: 'test', ...env } as NodeJS.ProcessEnv,
    stdio: ['pipe', 'pipe', 'pipe'],
  })
  const gone = once(child, 'exit')
  let complaint = ''
  child.stderr.on('data', (data) => {
    complaint = (complaint + String(data)).slice(-2_000)
  })
  let meantToEnd = false
  const ended = gone.then(() => {
    if (!meantToEnd) throw new Error(`a process ended by itself:\n${complaint}`)
  })
  ended.catch(() => {})
  const lines = createInterface({ input: child.stdout })
  lines.on('line', (line) => {
    for (const [outcome, count] of Object.entries(JSON.parse(line) as Outcomes))
      outcomes[outcome] = (outcomes[outcome] ?? 0) + count
  })
  await Promise.race([once(lines, 'line'), ended])
  return {
    /** @throws when it ended and nobody had told it to */
    expectAlive: async () => {
      if (child.exitCode !== null || child.signalCode !== null) await ended
    },
    jump: (ms: number) => void child.stdin.write(`${ms}\n`),
    signal: (name: 'SIGSTOP' | 'SIGCONT') => void child.kill(name),
    kill: async () => {
      meantToEnd = true
      child.kill('SIGKILL')
      await gone
    },
    /** Resolves when all that was under way is stored. */
    stop: async () => {
      meantToEnd = true
      child.stdin.end()
      await gone
    },
    /** Null where the system does not tell (it is Linux that does). */
    size: () => {
      try {
        const status = readFileSync(`/proc/${child.pid}/status`, 'utf8')
        const descriptors = readdirSync(`/proc/${child.pid}/fd`).length
        return { memoryKb: Number(/VmRSS:\s+(\d+)/.exec(status)?.[1]), descriptors }
      } catch {
        return null
      }
    },
  }
}
