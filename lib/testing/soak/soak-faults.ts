import { setTimeout as sleep } from 'node:timers/promises'
import type { Step } from '#lib/sandbox/control/script.ts'

/** What the faults are done to. */
export interface Target {
  script(steps: Step[]): Promise<void>
  /** Nobody can use the database for so long. */
  blockDatabase(ms: number): Promise<void>
  /** Kills the second process and starts it again; the first goes on, so that its memory can be watched. */
  killSecond(): Promise<void>
  freezeSecond(ms: number): Promise<void>
  /** Of all processes, as of one machine. */
  jumpClock(ms: number): void
}

interface Fault {
  name: string
  run(target: Target): Promise<void> | void
}

const unlimited = 1_000_000
const page = '<!doctype html><title>We will be back soon</title>'

const scripted = (name: string, step: Step): Fault => ({ name, run: ({ script }) => script([step]) })

/** Rows of what can go wrong; what a script says holds until the next fault is chosen. */
const faults: Fault[] = [
  scripted('the answers of two refreshes are lost', { commit_then_drop: true, times: 2 }),
  scripted('connections are cut before the provider works', { reset_before: true, times: 20 }),
  scripted('503', { status: 503, times: unlimited }),
  scripted('429, wait 5 s', { status: 429, headers: { 'retry-after': '5' }, times: 50 }),
  scripted('a page of HTML with 200', { status: 200, body: page, times: 20 }),
  scripted('a firewall answers 403', { status: 403, body: page, times: 50 }),
  scripted('three seconds before the work', { delay_before: 3_000, times: 100 }),
  scripted('three seconds after the work', { delay_after: 3_000, times: 100 }),
  scripted('answers byte by byte', { drip: 5, times: 20 }),
  { name: 'the database is out for 10 s', run: ({ blockDatabase }) => blockDatabase(10_000) },
  { name: 'kill -9 and a new process', run: ({ killSecond }) => killSecond() },
  { name: 'a process frozen for 15 s', run: ({ freezeSecond }) => freezeSecond(15_000) },
  { name: 'the clock jumps an hour ahead', run: ({ jumpClock }) => jumpClock(3_600_000) },
  { name: 'the clock jumps half an hour back', run: ({ jumpClock }) => jumpClock(-1_800_000) },
  {
    name: 'kill -9 while the provider is slow',
    run: async ({ script, killSecond }) => {
      await script([{ delay_after: 1_000, times: 50 }])
      await sleep(2_000)
      await killSecond()
    },
  },
]

/** Mulberry32: the same numbers between 0 and 1 for the same seed. */
const seededRandom = (seed: number) => {
  let state = seed
  return () => {
    state = (state + 0x6d2b79f5) | 0
    let mixed = Math.imul(state ^ (state >>> 15), 1 | state)
    mixed = (mixed + Math.imul(mixed ^ (mixed >>> 7), 61 | mixed)) ^ mixed
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 2 ** 32
  }
}

/** Every fault in an order that the seed chooses, then all again in another, without end. */
export function* faultsInOrder(seed: number): Generator<Fault, never> {
  const random = seededRandom(seed)
  for (;;) {
    const ranked = faults.map((fault) => ({ fault, rank: random() })).sort((a, b) => a.rank - b.rank)
    for (const { fault } of ranked) yield fault
  }
}
