import { type ChildProcess, spawn } from 'node:child_process'
import { once } from 'node:events'
import { createServer } from 'node:net'
import { setTimeout as pause } from 'node:timers/promises'

/** A program of the demo, with what it said. */
export interface Running {
  child: ChildProcess
  /** What it printed lately. */
  output(): string
  stop(): Promise<void>
}

const graceMs = 5000

/** @returns true when nobody listens there, on either loopback address. */
export const isFree = async (port: number): Promise<boolean> => {
  for (const host of ['127.0.0.1', '::1', undefined]) {
    const server = createServer()
    const free = await new Promise<boolean>((resolve) => {
      server.once('error', (error: NodeJS.ErrnoException) => resolve(error.code !== 'EADDRINUSE'))
      server.listen({ port, ...(host && { host }) }, () => resolve(true))
    })
    if (server.listening) await new Promise((closed) => server.close(closed))
    if (!free) return false
  }
  return true
}

/** Starts `node …args` in a group of its own, so that Ctrl-C reaches us alone and we end it in order. */
export const startNode = (args: string[], env: NodeJS.ProcessEnv): Running => {
  const child = spawn(process.execPath, args, { env, stdio: ['ignore', 'pipe', 'pipe'], detached: true })
  // whatever ends us, nothing stays behind
  const end = () => child.kill('SIGKILL')
  process.once('exit', end)
  child.once('exit', () => process.off('exit', end))
  const lines: string[] = []
  for (const stream of [child.stdout, child.stderr])
    stream.setEncoding('utf8').on('data', (text: string) => {
      lines.push(text)
      if (lines.length > 5000) lines.shift()
    })
  const stop = async () => {
    if (child.exitCode !== null || child.signalCode !== null) return
    const gone = once(child, 'exit')
    child.kill('SIGTERM')
    const late = setTimeout(() => child.kill('SIGKILL'), graceMs)
    await gone
    clearTimeout(late)
  }
  return { child, output: () => lines.join(''), stop }
}

/**
 * Waits until a program answers at `url`.
 *
 * @throws when it ends, or stays silent for `limitMs`; the message holds what it said
 */
export const untilAnswering = async ({ child, output }: Running, url: string, limitMs = 60_000): Promise<void> => {
  const giveUpAt = Date.now() + limitMs
  while (Date.now() < giveUpAt) {
    if (child.exitCode !== null || child.signalCode !== null) throw new Error(`it ended at once:\n${output()}`)
    const answered = await fetch(url, { redirect: 'manual' }).then(
      ({ status }) => status < 500,
      () => false,
    )
    if (answered) return
    await pause(50)
  }
  throw new Error(`no answer at ${url} within ${limitMs / 1000} s:\n${output()}`)
}
