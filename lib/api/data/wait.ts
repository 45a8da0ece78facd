import type { ServerResponse } from 'node:http'
import { setTimeout as sleep } from 'node:timers/promises'

const mostS = 25
const lookEveryMs = 1_000

/**
 * Seconds that a client would wait for news, 25 at most; 0 where it asks for an answer at once.
 *
 * @see https://www.rfc-editor.org/rfc/rfc7240#section-4.3
 */
export const preferredWait = (prefer: string | string[] | undefined): number => {
  const [, seconds = '0'] = /(?:^|[,;\s])wait\s*=\s*"?(\d{1,6})"?/i.exec(String(prefer ?? '')) ?? []
  return Math.min(Number(seconds), mostS)
}

/** Looks each second, until there is news, the time is over, the client has gone, or the process is about to end. */
export const waitFor = async (
  hasNews: () => Promise<boolean>,
  seconds: number,
  outgoing: ServerResponse,
  ending: AbortSignal,
): Promise<void> => {
  const until = performance.now() + seconds * 1_000
  const gone = new AbortController()
  const leave = () => gone.abort()
  outgoing.once('close', leave)
  const signal = AbortSignal.any([gone.signal, ending])
  try {
    while (!signal.aborted && performance.now() < until) {
      const ms = Math.min(lookEveryMs, until - performance.now())
      await sleep(Math.max(ms, 0), undefined, { signal }).catch(() => {})
      if (await hasNews()) return
    }
  } finally {
    outgoing.off('close', leave)
  }
}
