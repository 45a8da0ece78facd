import { writeSync } from 'node:fs'
import { format } from 'node:util'
import { requestId } from '../http/request-id.ts'
import { fieldsOf } from '../log-fields.ts'
import { libraryText } from './library-text.ts'

const levels = ['trace', 'debug', 'info', 'warn', 'error', 'fatal', 'silent'] as const
type Level = (typeof levels)[number]

const methods = { trace: 'debug', debug: 'debug', log: 'info', info: 'info', dir: 'info', warn: 'warn', error: 'error' }
type Method = keyof typeof methods

const sleeper = new Int32Array(new SharedArrayBuffer(4))

/** Whole, whatever a stream does: at once, and again where a pipe is full. */
const writeLine = (fd: 1 | 2, line: string) => {
  let rest = Buffer.from(`${line}\n`)
  while (rest.length > 0)
    try {
      rest = rest.subarray(writeSync(fd, rest))
    } catch (error) {
      if ((error as { code?: unknown }).code !== 'EAGAIN') return
      Atomics.wait(sleeper, 0, 0, 10)
    }
}

/**
 * From now on this process writes JSON alone, a line each, whatever writes: `console`, the streams, Node's own warnings,
 * and errors that nobody caught. The logger writes beside it, and so does `printLine`.
 *
 * @param least the level below which nothing is written
 */
export const writeJsonOnly = (least = process.env.LOG_LEVEL || 'info'): void => {
  const threshold = levels.indexOf(least as Level)
  const write = (level: Level, msg: string, fields: object) => {
    if (levels.indexOf(level) < (threshold < 0 ? levels.indexOf('info') : threshold)) return
    const line = { level, time: new Date().toISOString(), requestId: requestId(), ...fields, msg }
    writeLine(level === 'warn' || level === 'error' ? 2 : 1, JSON.stringify(line))
  }
  shared[key] = write
  const writeForeign = (level: Level, values: readonly unknown[]) => {
    const error = values.find((value) => value instanceof Error)
    const text = libraryText(format(...values.filter((value) => !(value instanceof Error))))
    if (error) write(level, 'a library reported an error', { ...(text && { text }), ...fieldsOf(error) })
    else if (text) write(level, 'a library wrote', { text })
  }

  for (const [method, level] of Object.entries(methods) as [Method, Level][])
    console[method] = (...values: unknown[]) => writeForeign(level, values)

  const intercept = (stream: NodeJS.WriteStream, level: Level) => {
    stream.write = (chunk: string | Uint8Array, ...rest: unknown[]) => {
      writeForeign(level, ['%s', typeof chunk === 'string' ? chunk : Buffer.from(chunk).toString()])
      const done = rest.findLast((value) => typeof value === 'function')
      if (done) process.nextTick(done)
      return true
    }
  }
  intercept(process.stdout, 'info')
  intercept(process.stderr, 'error')

  // Node's own listener writes text
  process.removeAllListeners('warning')
  process.on('warning', (warning) => write('warn', 'Node warned', fieldsOf(warning)))
  const uncaught = ['uncaughtException', 'unhandledRejection'] as const
  for (const event of uncaught)
    process.on(event, (error: unknown) => {
      // Next writes it through `console`, and goes on
      if (process.listenerCount(event) > 1) return
      write('error', 'an error was caught by nobody', fieldsOf(error))
      process.exit(1)
    })
}

/** The start command and Next each load a copy of this file: what writes belongs to the process. */
const key = Symbol.for('porte-cles.write-line')
const shared = globalThis as { [key]?: (level: Level, msg: string, fields: object) => void }

/** A line of ours where there is no logger; nothing in a process that writes text. */
export const writeInfo = (msg: string, fields: Record<string, string | number>): void =>
  shared[key]?.('info', msg, fields)

/** For the person at the console, as it is: a one-time link, or why the process does not start. */
export const printLine = (line: string, fd: 1 | 2 = 1): void => writeLine(fd, line)
