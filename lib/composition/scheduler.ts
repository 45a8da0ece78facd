import { dayMs, hourMs } from '#lib/domain/duration.ts'
import type { Container } from './container.ts'
import { fieldsOf } from './log-fields.ts'

type Work = Pick<
  Container,
  | 'refreshDueTokens'
  | 'olderDatabase'
  | 'purgeExpired'
  | 'eraseTenant'
  | 'copies'
  | 'countKeyUses'
  | 'notifyExpiringKeys'
  | 'noteTokenUses'
  | 'finishRefreshes'
  | 'notifyIncidents'
  | 'dispatchDeliveries'
  | 'queueDigest'
  | 'webhooks'
  | 'verifyAccounts'
  | 'store'
  | 'log'
  | 'random'
  | 'monotonicMs'
>

const restMs = 1_000
/** While every round fails: the pause doubles up to this, and a line is logged once in a while. */
const longestPauseMs = 60_000
const logEveryMs = 60_000
/** A round that changes nothing although something was due must not spin. */
const intervalMs = 20
const sweepEveryMs = 30_000
const indexedAtOnce = 200
const notificationIntervalMs = 5_000
/** What a supervisor that sent SIGTERM waits for: calls in flight have a deadline of 20 s. */
export const graceMs = 25_000

/** Resolves with the work or after 25 s, whichever comes first; never throws. */
export const withinGrace = async (work: Promise<unknown>): Promise<void> => {
  let timer: NodeJS.Timeout | undefined
  const late = new Promise<void>((done) => {
    timer = setTimeout(done, graceMs)
  })
  await Promise.race([work.catch(() => {}), late])
  clearTimeout(timer)
}

/** The background work of one process, while it lasts: refreshes as they fall due, a sweep for what crashes left, notifications. */
export const startScheduler = (work: Work) => {
  const {
    refreshDueTokens,
    olderDatabase,
    purgeExpired,
    eraseTenant,
    copies,
    countKeyUses,
    notifyExpiringKeys,
    noteTokenUses,
    finishRefreshes,
    notifyIncidents,
    dispatchDeliveries,
    queueDigest,
    webhooks,
    verifyAccounts,
    store,
    log,
    random,
    monotonicMs,
  } = work
  const ending = new AbortController()
  const { signal } = ending

  const delayMs = (ms: number) =>
    new Promise<void>((done) => {
      if (signal.aborted) return done()
      const wake = () => {
        clearTimeout(timer)
        signal.removeEventListener('abort', wake)
        done()
      }
      const timer = setTimeout(wake, ms)
      signal.addEventListener('abort', wake)
    })

  let loggedMs = Number.NEGATIVE_INFINITY
  const logFailure = (error: unknown) => {
    if (monotonicMs() - loggedMs < logEveryMs) return
    loggedMs = monotonicMs()
    log.error('the background work failed', fieldsOf(error))
  }

  /** @param turn one round. @returns how long to rest after it, in milliseconds */
  const repeat = async (turn: () => Promise<number>, afterErrorMs: number) => {
    let pauseMs = afterErrorMs
    while (!signal.aborted) {
      try {
        const ms = await turn()
        pauseMs = afterErrorMs
        await delayMs(ms)
      } catch (error) {
        logFailure(error)
        await delayMs(pauseMs)
        pauseMs = Math.max(afterErrorMs, Math.min(pauseMs * 2, longestPauseMs))
      }
    }
  }

  const retrying = () => restMs * (0.8 + 0.4 * random.jitter())
  const refreshes = repeat(async () => {
    // first: a refresh token of a database that went back in time is perhaps spent
    await olderDatabase.check()
    await refreshDueTokens.beginDue()
    return retrying()
  }, restMs)
  const sweeps = repeat(async () => {
    await refreshDueTokens.sweep()
    await queueDigest()
    return sweepEveryMs
  }, sweepEveryMs)
  const pages = repeat(async () => {
    await copies.beginDue()
    return retrying()
  }, restMs)
  const lists = repeat(async () => {
    await copies.adopt()
    return sweepEveryMs
  }, sweepEveryMs)
  const hints = repeat(async () => {
    await copies.followHints()
    return retrying()
  }, restMs)
  const notifications = repeat(async () => {
    await notifyIncidents()
    return (await dispatchDeliveries()) > 0 ? intervalMs : retrying()
  }, notificationIntervalMs)
  const webhookLooks = repeat(async () => {
    await webhooks.beginDue()
    await verifyAccounts()
    return notificationIntervalMs
  }, notificationIntervalMs)
  // tenants of an older version, or restored from its backup, become findable
  const indexing = repeat(
    async () => ((await store.console.indexTenants(indexedAtOnce)) > 0 ? intervalMs : sweepEveryMs),
    sweepEveryMs,
  )

  const forgetting = repeat(async () => ((await purgeExpired()) ? intervalMs : dayMs), hourMs)
  const erasing = repeat(
    async () => ((await eraseTenant.resume()) ? intervalMs : notificationIntervalMs),
    notificationIntervalMs,
  )
  const usedKeys = repeat(async () => {
    await countKeyUses.journal()
    await notifyExpiringKeys()
    await webhooks.adopt()
    return hourMs
  }, hourMs)
  const lastUses = repeat(async () => {
    await countKeyUses.flush()
    await noteTokenUses.flush()
    return sweepEveryMs
  }, sweepEveryMs)

  return {
    /** No new refresh, replay or delivery; resolves when those in flight are over, within 25 s. */
    stop: async (): Promise<void> => {
      ending.abort()
      const uses = [usedKeys, lastUses]
      const loops = [
        ...uses,
        refreshes,
        sweeps,
        pages,
        lists,
        hints,
        notifications,
        webhookLooks,
        indexing,
        forgetting,
        erasing,
      ]
      await withinGrace(Promise.all([finishRefreshes(), copies.finish(), ...loops]))
    },
  }
}
