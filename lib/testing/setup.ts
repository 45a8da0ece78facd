import { isIP, Socket } from 'node:net'
import { format } from 'node:util'
import { configureGlobal } from 'fast-check'

/**
 * What every test is held to: nothing complains on the console, nothing leaves this machine, and what is drawn at random
 * is drawn the same each time (`PROPERTY_SEED=$RANDOM npm run unit` draws anew).
 */

configureGlobal({ seed: Number(process.env.PROPERTY_SEED ?? 1) })

console.error = (...args: unknown[]) => {
  throw new Error(`console.error during a test: ${format(...args)}`)
}

interface Target {
  host?: string | null
  path?: string
}

const loopback = (host: string) =>
  host === 'localhost' ||
  host === '::1' ||
  /^::ffff:(7f|127\.)/.test(host) ||
  (isIP(host) === 4 && host.startsWith('127.'))

/** `connect` takes options, a port and a host, a path, or all of these wrapped in an array by `net.connect`. */
const targetOf = (args: unknown[]): Target => {
  const [first, second] = Array.isArray(args[0]) ? (args[0] as unknown[]) : args
  if (typeof first === 'object' && first !== null) return first as Target
  if (typeof first === 'string' && Number.isNaN(Number(first))) return { path: first }
  return typeof second === 'string' ? { host: second } : {}
}

const connect = Socket.prototype.connect as (...args: unknown[]) => Socket

Socket.prototype.connect = function (this: Socket, ...args: unknown[]) {
  const { host, path } = targetOf(args)
  if (!path && host && !loopback(host)) throw new Error(`a test asked ${host}: tests stay on loopback`)
  return connect.apply(this, args)
} as typeof Socket.prototype.connect
