import { hourMs } from '#lib/domain/duration.ts'
import { journalEntry } from '#lib/domain/journal/journal-entry.ts'
import { type Checkpoint, nextProbeAt, type Run } from '#lib/domain/sync/checkpoint.ts'
import { judgeProbe, startProbe } from '#lib/domain/sync/count-probe.ts'
import { idMark } from '#lib/domain/sync/id-mark.ts'
import { isMassDeletion, startCheck } from '#lib/domain/sync/known-id-check.ts'
import { hintedEveryMs, type SyncedList } from '#lib/domain/sync/list.ts'
import { checkpointAfter, movingQuestion, readMoving } from '#lib/domain/sync/moving-run.ts'
import { pagedQuestion, readPaged } from '#lib/domain/sync/paged-run.ts'
import type { ListQuestion } from '#lib/domain/sync/question.ts'
import { ignored } from '#lib/domain/sync/question.ts'
import { addTally, changedSomething, noTally } from '#lib/domain/sync/tally.ts'
import type { Deps } from '#lib/ports/deps.ts'
import type { ClaimedList } from '#lib/ports/sync.ts'
import type { Page, ReadPage } from './read-page.ts'
import type { Rows, StepResult } from './step-result.ts'

/** Rows looked at to find what a whole list lacks: more than a list that is read whole has. */
const wholeList = 1_000_000

/** An erased record that was met within this is taken to be there: longer than a whole reading lasts. */
const erasedMetMs = 6 * hourMs

/** A run over a list: what is asked next, and what an answer means. */
export const runList = (deps: Deps, readPage: ReadPage) => {
  const { store, random, log } = deps

  const question = ({ checkpoint }: ClaimedList, run: Run): ListQuestion => {
    if (run.reading === 'whole') return { kind: 'whole' }
    return run.reading === 'pages' ? pagedQuestion(run) : movingQuestion(run, checkpoint.inclusive)
  }

  /** Nothing changed since a count that the run before followed: it says whether the copy is complete. */
  const judge = async (
    claimed: ClaimedList,
    at: Checkpoint,
    page: Page,
    now: Date,
  ): Promise<{ checkpoint: Checkpoint; provenAt?: Date; erasedGoneBefore?: Date }> => {
    const { probe } = at
    if (probe?.stage !== 'settling') return { checkpoint: at }
    const { tenantId, connectionId, list, heldAt } = claimed
    const change = claimed.change + (page.write.changed?.length ? 1 : 0)
    const living = (await store.sync.count(tenantId, list)).living + (page.tally.added ?? 0)
    const ours = living + (await store.erasedIds.countMet(tenantId, list))
    const verdict = judgeProbe(probe, { ours, change })
    const later = { ...at, probe: null, probeAt: nextProbeAt(tenantId, now.getTime()), recount: false }
    const soon = { ...at, probe: null, probeAt: now.getTime(), recount: true }
    if (verdict === 'proven') return { checkpoint: later, provenAt: now }
    if (verdict === 'again')
      return { checkpoint: { ...at, probe: startProbe(ours, change, probe.again, probe.attempt + 1) } }
    if (verdict === 'fewer' && probe.again && probe.there >= living) {
      // erased records may be gone there: nobody can ask for them, so a whole reading says which are met
      const erasedGoneBefore = new Date(now.getTime() - erasedMetMs)
      if ((await store.erasedIds.countMet(tenantId, list, erasedGoneBefore)) > 0)
        return { checkpoint: { ...soon, thorough: true, runAt: now.getTime() }, erasedGoneBefore }
    }
    if (verdict === 'later' || probe.again) return { checkpoint: later }
    if (verdict === 'fewer') return { checkpoint: heldAt ? later : { ...soon, check: startCheck(true, now.getTime()) } }
    log.error('a copy lacks records that the provider has: it is read again from the beginning', {
      tenantId,
      connectionId,
    })
    return { checkpoint: { ...soon, thorough: true, runAt: now.getTime() } }
  }

  /** How long until the next run: webhooks that arrive tell sooner what changed. */
  const everyMs = async ({ tenantId, provider }: ClaimedList, list: SyncedList, now: Date): Promise<number> => {
    if (list.reading !== 'moving') return list.everyMs
    const webhook = await store.webhooks.status(tenantId)
    const lastMs =
      webhook?.provider === provider && webhook.state === 'registered' ? webhook.lastHintAt?.getTime() : undefined
    return lastMs !== undefined && now.getTime() - lastMs < hintedEveryMs ? hintedEveryMs : list.everyMs
  }

  const finish = async (
    claimed: ClaimedList,
    list: SyncedList,
    at: Checkpoint,
    page: Page,
    { now, complete, missing }: { now: Date; complete: boolean; missing: string[] },
  ): Promise<StepResult> => {
    const { tenantId, connectionId, heldAt, requestedBy, completeAt } = claimed
    const tally = addTally(claimed.tally, { ...page.tally, calls: 1 })
    const startedAt = claimed.startedAt ?? now
    const pauseMs = (await everyMs(claimed, list, now)) * (0.85 + 0.15 * random.jitter())
    const judged = await judge(
      claimed,
      { ...at, run: null, runAt: now.getTime() + pauseMs, thorough: false },
      page,
      now,
    )
    const kind = completeAt === null ? 'first' : 'incremental'
    const worth = changedSomething(tally) || requestedBy !== null || completeAt === null
    const checkpoint = { ...judged.checkpoint }
    const entry = {
      at: now,
      tenantId,
      connectionId,
      actor: { kind: 'system' },
      detail: { list: claimed.list },
    } as const
    if (missing.length > 0 && heldAt === null && checkpoint.check === null) {
      const { living } = await store.sync.count(tenantId, claimed.list)
      const stage = isMassDeletion(missing.length, living) ? 'verifying' : 'confirming'
      checkpoint.check = startCheck(true, now.getTime(), stage)
    }
    return {
      kind: 'stored',
      ...page.write,
      ...judged,
      checkpoint,
      tally,
      missing,
      startedAt: null,
      requestedBy: null,
      ...(complete && { completeAt: now }),
      // one answer that holds all, or a total that stood still and as many met, is the proof
      ...(complete && list.reading !== 'moving' && missing.length === 0 && { provenAt: now }),
      ...(worth && { ended: { outcome: 'ok', kind, startedAt } }),
      entries: complete && completeAt === null ? [journalEntry({ ...entry, event: 'sync.completed' })] : [],
    }
  }

  const goOn = ({ tally, startedAt }: ClaimedList, checkpoint: Checkpoint, page: Page, now: Date): StepResult => ({
    kind: 'stored',
    ...page.write,
    checkpoint,
    tally: addTally(tally, { ...page.tally, calls: 1 }),
    startedAt: startedAt ?? now,
  })

  /** What is stored and was not met in a whole reading. */
  const unmet = async ({ tenantId, list }: ClaimedList, met: ReadonlySet<string>) =>
    (await store.sync.listBehind(tenantId, list, 0, wholeList)).flatMap(({ id }) => (met.has(idMark(id)) ? [] : [id]))

  const read = async (given: ClaimedList, list: SyncedList, run: Run, answer: Rows, now: Date): Promise<StepResult> => {
    // a run that begins counts anew
    const claimed = given.checkpoint.run ? given : { ...given, tally: noTally, startedAt: now }
    const { checkpoint } = claimed
    const page = await readPage(claimed, list, answer)
    if (run.reading === 'moving') {
      const { outcome, inclusive } = readMoving(run, page.seen, checkpoint.inclusive)
      if (outcome.kind === 'ignored') return ignored
      if (outcome.kind === 'continue') return goOn(claimed, { ...checkpoint, inclusive, run: outcome.run }, page, now)
      const beganAt = run.beganAt ?? page.seen.at
      const since = Math.max(checkpoint.since, checkpointAfter({ ...run, beganAt }))
      page.tally.unproven = run.unproven.length
      return finish(claimed, list, { ...checkpoint, inclusive, since }, page, { now, complete: true, missing: [] })
    }
    const nowS = Math.floor(now.getTime() / 1000)
    if (run.reading === 'whole') {
      const met = new Set(page.seen.rows.flatMap(({ id }) => (id === null ? [] : [idMark(id)])))
      const missing = await unmet(claimed, met)
      return finish(claimed, list, { ...checkpoint, since: nowS }, page, { now, complete: true, missing })
    }
    const outcome = readPaged(run, page.seen)
    if (outcome.kind === 'ignored' || outcome.kind === 'done') return ignored
    if (outcome.kind === 'continue') return goOn(claimed, { ...checkpoint, run: outcome.run }, page, now)
    const missing = outcome.complete ? await unmet(claimed, new Set(outcome.run.met)) : []
    const since = outcome.complete ? nowS : checkpoint.since
    return finish(claimed, list, { ...checkpoint, since }, page, { now, complete: outcome.complete, missing })
  }

  return { question, read }
}

export type RunList = ReturnType<typeof runList>
