import { Failure } from '#lib/domain/failure.ts'
import type { FailureCode } from '#lib/domain/failure-codes.ts'
import { journalEntry } from '#lib/domain/journal/journal-entry.ts'
import { firstCheckpoint, msUntilDue, nextTask, phaseOf, type Task } from '#lib/domain/sync/checkpoint.ts'
import type { SyncedList } from '#lib/domain/sync/list.ts'
import type { ListQuestion } from '#lib/domain/sync/question.ts'
import { isForPerson, retryInMs, waitsForConnection } from '#lib/domain/sync/sync-failure.ts'
import { syncedLists } from '#lib/domain/sync/synced-lists.ts'
import { noTally } from '#lib/domain/sync/tally.ts'
import type { Deps } from '#lib/ports/deps.ts'
import type { ClaimedList, ListAnswer, StepWrite } from '#lib/ports/sync.ts'
import type { TokenSet } from '#lib/ports/tokens.ts'
import type { AskPage } from './ask-page.ts'
import type { CheckKnownIds } from './check-known-ids.ts'
import type { ProbeCount } from './probe-count.ts'
import type { RunList } from './run-list.ts'
import type { StepResult } from './step-result.ts'

const purgedAtOnce = 500
/** So long a list leaves the next call of its account to what webhooks told of it. */
const hintsFirstMs = 1_000

type Read = (answer: Exclude<ListAnswer, { kind: 'failed' }>) => Promise<StepResult>
type WakeIn = (ms: number) => void
/** Records that may have changed, as a webhook said. */
type Hinted = { kind: 'hinted'; ids: readonly string[] }
type Prepared = { question: ListQuestion; read: Read } | { result: StepResult }

const isWorking = ({ enabled, restoredAt, status: { state } }: TokenSet) =>
  enabled && restoredAt === null && (state === 'connected' || state === 'degraded')

/** One page of one list: asked, and stored with where the copy then stands, in one commit. */
export const syncStep = (
  { store, clock, random, log, meter }: Deps,
  askPage: AskPage,
  { runs, checks, probes }: { runs: RunList; checks: CheckKnownIds; probes: ProbeCount },
) => {
  /** @param nextInMs before which no call may leave */
  const stepWrite = (
    claimed: ClaimedList,
    result: Extract<StepResult, { kind: 'stored' }>,
    nextInMs: number,
  ): StepWrite => {
    const now = clock.now()
    const { tally, startedAt, requestedBy, heldAt, accountId } = claimed
    const { kind, missingFields, hiddenFields, ...given } = result
    const write = {
      tally,
      startedAt,
      requestedBy,
      heldAt,
      accountId,
      failure: null,
      attempts: 0,
      entries: [],
      ...given,
      checkpoint: { ...result.checkpoint, ...(missingFields && { missingFields }) },
    }
    const list = syncedLists[claimed.list]
    return {
      ...write,
      phase: phaseOf(write.checkpoint),
      dueInMs: Math.max(msUntilDue(list, write.checkpoint, write.heldAt !== null, now.getTime()), nextInMs),
      now,
    }
  }

  const fail = async (claimed: ClaimedList, failure: FailureCode, askedMs: number | null): Promise<false> => {
    const now = clock.now()
    const { attempts, checkpoint, tally, startedAt, requestedBy, heldAt, accountId } = claimed
    const ends = isForPerson(failure)
    await store.sync.store(claimed, {
      // what nothing can be concluded from is begun again
      checkpoint: ends ? { ...checkpoint, run: null, check: null, probe: null } : checkpoint,
      dueInMs: retryInMs(failure, attempts, askedMs, random.jitter()),
      phase: ends ? null : phaseOf(checkpoint),
      ...{ tally, startedAt, requestedBy, heldAt, accountId, failure, now },
      attempts: attempts + 1,
      ...(ends && {
        ended: { outcome: failure, kind: phaseOf(checkpoint) ?? 'incremental', startedAt: startedAt ?? now },
      }),
      entries: [],
    })
    log.warn('a page of a list was not read', {
      tenantId: claimed.tenantId,
      connectionId: claimed.connectionId,
      failure,
    })
    return false
  }

  const putOff = async (claimed: ClaimedList, dueInMs: number | null): Promise<false> => {
    await store.sync.release(claimed, dueInMs, clock.now())
    return false
  }

  /** Of whose account the copy is: another one begins anew, an unknown one waits. */
  const otherAccount = ({ accountId }: ClaimedList, now: string | null) =>
    accountId !== null && now !== accountId ? (now === null ? 'unknown' : 'other') : null

  const beginEpoch = (claimed: ClaimedList, accountId: string | null) => {
    const { tenantId, connectionId, list } = claimed
    const now = clock.now()
    return store.sync.store(claimed, {
      checkpoint: { ...firstCheckpoint(now.getTime()), purging: true },
      ...{ dueInMs: 0, phase: null, tally: noTally, startedAt: null, requestedBy: null },
      ...{ failure: null, attempts: 0, heldAt: null, accountId, newEpoch: true, now },
      entries: [
        journalEntry({
          at: now,
          tenantId,
          connectionId,
          actor: { kind: 'system' },
          event: 'sync.account_replaced',
          detail: { list },
        }),
      ],
    })
  }

  const prepare = async (claimed: ClaimedList, list: SyncedList, task: Task | Hinted): Promise<Prepared | null> => {
    const rows = (read: (rows: Extract<ListAnswer, { kind: 'rows' }>) => Promise<StepResult>): Read => {
      const refused: StepResult = { kind: 'refused', failure: 'read_failed' }
      return async (answer) => (answer.kind === 'rows' ? read(answer) : refused)
    }
    switch (task.kind) {
      case 'wait':
        return null
      case 'hinted': {
        const { ids } = task
        return {
          question: { kind: 'ids', ids },
          read: rows((answer) => checks.readHinted(claimed, list, ids, answer, clock.now())),
        }
      }
      case 'purge': {
        const purged = await store.sync.listAny(claimed.tenantId, claimed.list, purgedAtOnce)
        const checkpoint = { ...claimed.checkpoint, purging: purged.length === purgedAtOnce }
        return { result: { kind: 'stored', checkpoint, purged } }
      }
      case 'run':
        return {
          question: runs.question(claimed, task.run),
          read: rows((answer) => runs.read(claimed, list, task.run, answer, clock.now())),
        }
      case 'probe': {
        const probe = task.probe ?? (await probes.begin(claimed))
        return {
          question: probes.question(probe),
          read: rows((answer) => probes.read(claimed, list, probe, answer, clock.now())),
        }
      }
      case 'check': {
        const { check } = task
        const next = await checks.prepareNext(claimed, check, clock.now())
        if ('result' in next) return next
        const { question, asked } = next
        return { question, read: (answer) => checks.read(claimed, list, check, asked, answer, clock.now()) }
      }
    }
  }

  const countRecords = (list: ClaimedList['list'], { changed = [], deleted = [] }: Partial<StepWrite>) => {
    const added = changed.filter((record) => record.added).length
    meter.recordsChanged(list, 'added', added)
    meter.recordsChanged(list, 'changed', changed.length - added)
    meter.recordsChanged(list, 'deleted', deleted.length)
  }

  const keep = async (claimed: ClaimedList, result: StepResult, nextInMs = 0): Promise<boolean> => {
    if (result.kind !== 'stored') return fail(claimed, result.failure, null)
    // to store it would forget them
    if (result.hiddenFields?.length) {
      const { missingFields } = result
      const checkpoint = { ...claimed.checkpoint, ...(missingFields && { missingFields }) }
      return fail({ ...claimed, checkpoint }, 'fields_hidden', null)
    }
    const stored = await store.sync.store(claimed, stepWrite(claimed, result, nextInMs))
    if (stored) countRecords(claimed.list, result)
    return stored
  }

  const ask = async (
    claimed: ClaimedList,
    { question, read }: Extract<Prepared, { question: unknown }>,
    { wakeIn, hinted }: { wakeIn: WakeIn; hinted: boolean },
  ): Promise<boolean> => {
    const asked = await askPage(claimed, question)
    if (asked.kind === 'later') {
      wakeIn(asked.waitMs)
      return putOff(claimed, asked.waitMs + (hinted ? hintsFirstMs : 0))
    }
    const { answer, nextInMs } = asked
    if (answer.kind === 'failed') return fail(claimed, answer.failure, answer.retryAfterMs)
    if (nextInMs > 0) wakeIn(nextInMs)
    return keep(claimed, await read(answer), nextInMs)
  }

  const run = async (given: ClaimedList, wakeIn: WakeIn, hinted: readonly string[] | null): Promise<boolean> => {
    const nowMs = clock.now().getTime()
    const tokenSet = await store.tokens.read(given.tenantId, given.provider, clock.now())
    if (!tokenSet || !isWorking(tokenSet)) return putOff(given, null)
    const account = tokenSet.account?.id ?? tokenSet.target
    const other = otherAccount(given, account)
    if (other === 'unknown') return putOff(given, null)
    if (other === 'other') return beginEpoch(given, account)
    const claimed = { ...given, accountId: account }
    const { checkpoint, heldAt } = claimed
    const list = syncedLists[claimed.list]
    const task = hinted
      ? ({ kind: 'hinted', ids: hinted } as const)
      : nextTask(list, checkpoint, heldAt !== null, nowMs)
    const prepared = await prepare(claimed, list, task)
    if (!prepared) return putOff(claimed, msUntilDue(list, checkpoint, heldAt !== null, nowMs))
    return 'result' in prepared
      ? keep(claimed, prepared.result)
      : ask(claimed, prepared, { wakeIn, hinted: hinted !== null })
  }

  /**
   * Never throws: what fails is tried again later, or once the connection works.
   *
   * @param wakeIn told in how many milliseconds there is room for the call that this page waits for
   * @param hinted ids to ask for, instead of what is due
   * @returns whether a page was stored
   */
  return async (claimed: ClaimedList, wakeIn: WakeIn, hinted: readonly string[] | null = null): Promise<boolean> => {
    try {
      return await run(claimed, wakeIn, hinted)
    } catch (error) {
      const code = error instanceof Failure ? error.code : 'unexpected'
      if (code === 'unexpected')
        log.error('a page of a list failed', { tenantId: claimed.tenantId, errorClass: String((error as Error)?.name) })
      // a lease that nobody frees ends by itself
      if (code === 'storage_unavailable') return false
      if (waitsForConnection.has(code)) return putOff(claimed, null).catch(() => false)
      return fail(claimed, code, null).catch(() => false)
    }
  }
}

export type SyncStep = ReturnType<typeof syncStep>
