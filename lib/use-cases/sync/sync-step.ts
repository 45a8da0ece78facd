import { tokenRefusals } from '#lib/domain/connections/connection-test.ts'
import { withTokens } from '#lib/domain/connections/provider.ts'
import { Failure } from '#lib/domain/failure.ts'
import type { FailureCode } from '#lib/domain/failure-codes.ts'
import { journalEntry } from '#lib/domain/journal/journal-entry.ts'
import { firstCheckpoint, msUntilDue, nextTask, phaseOf, type Task } from '#lib/domain/sync/checkpoint.ts'
import type { SyncedList } from '#lib/domain/sync/list.ts'
import type { ListQuestion } from '#lib/domain/sync/question.ts'
import { isForPerson, retryInMs } from '#lib/domain/sync/sync-failure.ts'
import { noTally } from '#lib/domain/sync/sync-run.ts'
import { syncedLists } from '#lib/domain/sync/synced-lists.ts'
import type { Deps } from '#lib/ports/deps.ts'
import type { ClaimedList, ListAnswer, StepWrite } from '#lib/ports/sync.ts'
import type { TokenSet } from '#lib/ports/tokens.ts'
import type { RateBudget } from '../rate-budget/rate-budget.ts'
import type { GetAccessToken, ObtainedToken } from '../tokens/get-access-token.ts'
import type { ReportRejectedToken } from '../tokens/report-rejected-token.ts'
import { checkKnownIds } from './check-known-ids.ts'
import { probeCount } from './probe-count.ts'
import { readPage } from './read-page.ts'
import { runList } from './run-list.ts'
import type { StepResult } from './step-result.ts'

const deadlineMs = 20_000
/** A token that ends while a page is on its way is of no use. */
const minTtlMs = 30_000
const purgedAtOnce = 500

type Read = (answer: Exclude<ListAnswer, { kind: 'failed' }>) => Promise<StepResult>
type WakeIn = (ms: number) => void
type Prepared = { question: ListQuestion; read: Read } | { result: StepResult }

/** Waits for the connection to work again. */
const waitsForConnection = new Set<FailureCode>([
  'not_connected',
  'connection_disabled',
  'reconnect_required',
  'misconfigured',
])

const isWorking = ({ enabled, restoredAt, status: { state } }: TokenSet) =>
  enabled && restoredAt === null && (state === 'connected' || state === 'degraded')

/** One page of one list: asked, and stored with where the copy then stands, in one commit. */
export const syncStep = (
  deps: Deps,
  budget: Pick<RateBudget, 'take' | 'note'>,
  { obtain }: Pick<GetAccessToken, 'obtain'>,
  { report }: Pick<ReportRejectedToken, 'report'>,
) => {
  const { store, providers, clock, random, log } = deps
  const pages = readPage(deps)
  const runs = runList(deps, pages)
  const checks = checkKnownIds(deps, pages)
  const probes = probeCount(deps, pages)

  const stepWrite = (claimed: ClaimedList, result: Extract<StepResult, { kind: 'stored' }>): StepWrite => {
    const now = clock.now()
    const { tally, startedAt, requestedBy, heldAt, accountId } = claimed
    const { kind, ...given } = result
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
    }
    const list = syncedLists[claimed.list]
    return {
      ...write,
      phase: phaseOf(write.checkpoint),
      dueInMs: msUntilDue(list, write.checkpoint, write.heldAt !== null, now.getTime()),
      now,
    }
  }

  const fail = async (claimed: ClaimedList, failure: FailureCode, askedMs: number | null) => {
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

  const prepare = async (claimed: ClaimedList, list: SyncedList, task: Task): Promise<Prepared | null> => {
    const rows = (read: (rows: Extract<ListAnswer, { kind: 'rows' }>) => Promise<StepResult>): Read => {
      const refused: StepResult = { kind: 'refused', failure: 'read_failed' }
      return async (answer) => (answer.kind === 'rows' ? read(answer) : refused)
    }
    switch (task.kind) {
      case 'wait':
        return null
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

  const keep = async (claimed: ClaimedList, result: StepResult) => {
    if (result.kind === 'refused') return fail(claimed, result.failure, null)
    await store.sync.store(claimed, stepWrite(claimed, result))
  }

  const ask = async (
    claimed: ClaimedList,
    { question, read }: Extract<Prepared, { question: unknown }>,
    wakeIn: WakeIn,
  ): Promise<void> => {
    const { tenantId, provider } = claimed
    const request = { tenantId, provider, minTtlMs }
    // first: what may leave now does not wait for a token
    const token = await obtain(request)
    const waitMs = await budget.take(token.window, 'sync', clock.now())
    if (waitMs > 0) {
      await store.sync.release(claimed, waitMs, clock.now())
      return wakeIn(waitMs)
    }
    const readOnce = async (token: ObtainedToken) => {
      const answer = await withTokens(providers[provider]).readList(
        syncedLists[claimed.list],
        question,
        token.accessToken,
        deadlineMs,
      )
      const throttled = answer.kind === 'failed' && answer.failure === 'provider_throttled'
      await budget.note(token.window, answer.limit, throttled, clock.now())
      return answer
    }
    let answer = await readOnce(token)
    if (answer.kind === 'failed' && tokenRefusals.has(answer.failure)) {
      // refreshed once for all who meet it; throws where that ends the connection
      answer = await readOnce(await report(request, token.version))
    }
    if (answer.kind === 'failed') return fail(claimed, answer.failure, answer.retryAfterMs)
    return keep(claimed, await read(answer))
  }

  const run = async (claimed: ClaimedList, wakeIn: WakeIn): Promise<void> => {
    const { tenantId, provider, list: id } = claimed
    const now = clock.now()
    const tokenSet = await store.tokens.read(tenantId, provider, now)
    if (!tokenSet || !isWorking(tokenSet)) return store.sync.release(claimed, null, now)
    const account = tokenSet.account?.id ?? tokenSet.target
    const other = otherAccount(claimed, account)
    if (other === 'unknown') return store.sync.release(claimed, null, now)
    if (other === 'other') return void (await beginEpoch(claimed, account))
    const known = { ...claimed, accountId: account }
    const list = syncedLists[id]
    const prepared = await prepare(known, list, nextTask(list, known.checkpoint, known.heldAt !== null, now.getTime()))
    if (!prepared)
      return store.sync.release(known, msUntilDue(list, known.checkpoint, known.heldAt !== null, now.getTime()), now)
    return 'result' in prepared ? keep(known, prepared.result) : ask(known, prepared, wakeIn)
  }

  /**
   * Never throws: what fails is tried again later, or once the connection works.
   *
   * @param wakeIn told in how many milliseconds there is room for the call that this page waits for
   */
  return async (claimed: ClaimedList, wakeIn: WakeIn): Promise<void> => {
    try {
      await run(claimed, wakeIn)
    } catch (error) {
      const code = error instanceof Failure ? error.code : 'unexpected'
      if (code === 'unexpected')
        log.error('a page of a list failed', { tenantId: claimed.tenantId, errorClass: String((error as Error)?.name) })
      // a lease that nobody frees ends by itself
      if (code === 'storage_unavailable') return
      if (waitsForConnection.has(code)) return store.sync.release(claimed, null, clock.now()).catch(() => {})
      await fail(claimed, code, null).catch(() => {})
    }
  }
}

export type SyncStep = ReturnType<typeof syncStep>
