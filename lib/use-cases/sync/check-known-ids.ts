import { journalEntry } from '#lib/domain/journal/journal-entry.ts'
import type { Delivery } from '#lib/domain/notifications/delivery.ts'
import { type Checkpoint, checkEveryMs } from '#lib/domain/sync/checkpoint.ts'
import { isMassDeletion, type KnownIdCheck, missingOf, samples, startCheck } from '#lib/domain/sync/known-id-check.ts'
import type { SyncedList } from '#lib/domain/sync/list.ts'
import { ignored, type ListQuestion, pageSize } from '#lib/domain/sync/question.ts'
import { trickleMs } from '#lib/domain/sync/synced-lists.ts'
import { addTally, changedSomething, type Tally } from '#lib/domain/sync/tally.ts'
import type { Deps } from '#lib/ports/deps.ts'
import type { ClaimedList, ListAnswer, StepWrite } from '#lib/ports/sync.ts'
import type { ReadPage } from './read-page.ts'
import type { Rows, StepResult } from './step-result.ts'

type Answered = Exclude<ListAnswer, { kind: 'failed' }>

/** What a step of a pass asks; without a question it is done with what is stored alone. */
type Prepared = { question: ListQuestion; asked: readonly { n: number; id: string }[] } | { result: StepResult }

const deletedAtOnce = 500

/** Records that were deleted at the provider: found by asking for the ids that are known. */
export const checkKnownIds = ({ store }: Deps, readPage: ReadPage) => {
  const stored = (at: Checkpoint, check: KnownIdCheck | null, write: Partial<StepWrite> = {}): StepResult => ({
    kind: 'stored',
    ...write,
    checkpoint: { ...at, check },
  })

  /** The pass is over; what it deleted and refreshed is told as a run of its own. */
  const end = ({ checkpoint }: ClaimedList, { tally, startedAt, by }: KnownIdCheck, now: Date): StepResult =>
    stored({ ...checkpoint, checkAt: now.getTime() + checkEveryMs }, null, {
      ...((changedSomething(tally) || by) && {
        ended: { outcome: 'ok', kind: 'check', startedAt: new Date(startedAt), tally, requestedBy: by ?? null },
      }),
    })

  /** One mail to each admin, however often the pass is made again. */
  const questionsTo = async ({ tenantId, list, id }: ClaimedList, now: Date): Promise<Delivery[]> =>
    (await store.deliveries.listRecipients(tenantId)).map((userId) => ({
      channel: 'mail',
      kind: 'deletion_question',
      onceKey: `deletion_question ${id} ${now.getTime()} ${userId}`,
      tenantId,
      userId,
      payload: { list },
    }))

  const hold = async (claimed: ClaimedList, missing: number, now: Date): Promise<StepResult> => {
    const { tenantId, connectionId, list, checkpoint } = claimed
    const entry = journalEntry({
      at: now,
      tenantId,
      connectionId,
      actor: { kind: 'system' },
      event: 'sync.deletion_held',
      detail: { list, count: missing },
    })
    return stored(checkpoint, null, { heldAt: now, entries: [entry], deliveries: await questionsTo(claimed, now) })
  }

  const prepareNext = async (claimed: ClaimedList, check: KnownIdCheck, now: Date): Promise<Prepared> => {
    const { tenantId, list, checkpoint } = claimed
    if (check.stage === 'asking') {
      const asked = await store.sync.listBehind(tenantId, list, check.after, pageSize)
      if (asked.length > 0) return { asked, question: { kind: 'ids', ids: asked.map(({ id }) => id) } }
      const { living, missing } = await store.sync.count(tenantId, list)
      if (missing === 0) return { result: end(claimed, check, now) }
      const stage = isMassDeletion(missing, living) ? 'verifying' : 'confirming'
      return { result: stored(checkpoint, { ...check, stage, fast: true }) }
    }
    if (check.stage === 'deleting') {
      const these = await store.sync.listMissing(tenantId, list, deletedAtOnce)
      if (these.length === 0) return { result: end(claimed, check, now) }
      const tally = addTally(check.tally, { deleted: these.length })
      return { result: stored(checkpoint, { ...check, tally }, { deleted: these.map(({ id }) => id) }) }
    }
    const behind = check.stage === 'confirming' ? 0 : check.sampled
    const suspects = await store.sync.listMissing(tenantId, list, behind + 1)
    const one = behind < samples ? suspects[behind] : undefined
    if (one) return { asked: [one], question: { kind: 'record', id: one.id } }
    if (check.stage === 'confirming') return { result: end(claimed, check, now) }
    if (check.stage === 'sampling') return { result: stored(checkpoint, { ...check, stage: 'deleting' }) }
    const { missing } = await store.sync.count(tenantId, list)
    return { result: await hold(claimed, missing, now) }
  }

  const readSuspect = (claimed: ClaimedList, check: KnownIdCheck, id: string, gone: boolean, now: Date): StepResult => {
    const { checkpoint } = claimed
    const tally = addTally(check.tally, { calls: 1, deleted: gone && check.stage === 'confirming' ? 1 : 0 })
    if (check.stage === 'confirming')
      return stored(checkpoint, { ...check, tally }, gone ? { deleted: [id] } : { returned: [id] })
    if (gone) return stored(checkpoint, { ...check, tally, sampled: check.sampled + 1 })
    // one of many is there after all: the filter left out what it should not have
    if (check.stage === 'verifying') return ignored
    return stored(checkpoint, startCheck(true, now.getTime()), { returned: [id] })
  }

  const read = async (
    claimed: ClaimedList,
    list: SyncedList,
    check: KnownIdCheck,
    asked: readonly { n: number; id: string }[],
    answer: Answered,
    now: Date,
  ): Promise<StepResult> => {
    const last = asked.at(-1)
    if (check.stage !== 'asking') return readSuspect(claimed, check, last?.id ?? '', answer.kind === 'gone', now)
    if (answer.kind === 'gone') return ignored
    const page = await readPage(claimed, list, answer)
    const missing = missingOf(
      asked.map(({ id }) => id),
      page.seen.rows.map(({ id }) => id),
    )
    if (missing === null) return ignored
    const tally: Tally = addTally(check.tally, { ...page.tally, calls: 1 })
    const next = { ...check, tally, after: last?.n ?? check.after }
    return stored({ ...claimed.checkpoint, checkAt: now.getTime() + trickleMs(list) }, next, { ...page.write, missing })
  }

  /** Records that may have changed, as a webhook said: those that do not come are suspects, like any other. */
  const readHinted = async (
    claimed: ClaimedList,
    list: SyncedList,
    ids: readonly string[],
    answer: Rows,
    now: Date,
  ): Promise<StepResult> => {
    const { tenantId, list: id, checkpoint, heldAt } = claimed
    const page = await readPage(claimed, list, answer)
    const absent = missingOf(
      ids,
      page.seen.rows.map((row) => row.id),
    )
    if (absent === null) return ignored
    const known = await store.sync.known(tenantId, id, absent)
    const missing = known.filter(({ deleted, missing }) => !deleted && !missing).map((row) => row.id)
    if (missing.length === 0 || heldAt !== null || checkpoint.check?.fast)
      return stored(checkpoint, checkpoint.check, { ...page.write, missing })
    const { living, missing: before } = await store.sync.count(tenantId, id)
    const stage = isMassDeletion(before + missing.length, living) ? 'verifying' : 'confirming'
    return stored(checkpoint, startCheck(true, now.getTime(), stage), { ...page.write, missing })
  }

  return { prepareNext, read, readHinted }
}

export type CheckKnownIds = ReturnType<typeof checkKnownIds>
