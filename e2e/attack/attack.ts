import type { MailServer } from '../../lib/testing/servers/mail-server.ts'
import type { AppServer } from '../harness/app-server.ts'
import type { Customer } from '../harness/customer.ts'

/** What an attack works on: the built app behind one proxy, with two tenants and a mail server. */
export interface Target {
  server: AppServer
  mails: MailServer
  a: Customer
  b: Customer
}

/** What came of an attack: in a few words, and whether that is as it should be. */
export interface Seen {
  ok: boolean
  seen: string
}

export interface Attack {
  name: string
  expected: string
  run(target: Target): Promise<Seen>
}

export const slowestMs = 1_000

/** « 200 ×3, 429 ×97 » */
export const countEach = (values: readonly (string | number | null | undefined)[]): string => {
  const counts = new Map<string, number>()
  for (const value of values) counts.set(String(value), (counts.get(String(value)) ?? 0) + 1)
  return [...counts].map(([value, times]) => (times === 1 ? value : `${value} ×${times}`)).join(', ')
}

/** Runs these, so many at once, in order. */
export const atOnce = async <T>(most: number, runs: readonly (() => Promise<T>)[]): Promise<T[]> => {
  const results: T[] = []
  let next = 0
  const work = async () => {
    for (let at = next++; at < runs.length; at = next++) results[at] = await (runs[at] as () => Promise<T>)()
  }
  await Promise.all(Array.from({ length: most }, work))
  return results
}

export const times = <T>(count: number, make: (index: number) => T): T[] =>
  Array.from({ length: count }, (_, at) => make(at))
