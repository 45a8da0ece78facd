import { type CountProbe, probeQuestion, readProbe, startProbe } from '#lib/domain/sync/count-probe.ts'
import type { SyncedList } from '#lib/domain/sync/list.ts'
import type { ListQuestion } from '#lib/domain/sync/question.ts'
import { ignored } from '#lib/domain/sync/question.ts'
import type { Deps } from '#lib/ports/deps.ts'
import type { ClaimedList } from '#lib/ports/sync.ts'
import type { ReadPage } from './read-page.ts'
import type { Rows, StepResult } from './step-result.ts'

/** Counts what the provider has, by its last page. The run that follows says whether that is what is stored. */
export const probeCount = ({ store }: Deps, readPage: ReadPage) => {
  const begin = async ({ tenantId, list, change, checkpoint }: ClaimedList): Promise<CountProbe> =>
    startProbe(
      (await store.sync.count(tenantId, list)).living + (await store.erasedIds.countMet(tenantId, list)),
      change,
      checkpoint.recount,
    )

  const question = (probe: CountProbe): ListQuestion => probeQuestion(probe)

  const read = async (
    claimed: ClaimedList,
    list: SyncedList,
    probe: CountProbe,
    answer: Rows,
    now: Date,
  ): Promise<StepResult> => {
    const { checkpoint } = claimed
    const page = await readPage(claimed, list, answer)
    const outcome = readProbe(probe, page.seen)
    if (outcome.kind === 'ignored') return ignored
    const settles = outcome.probe.stage === 'settling'
    return {
      kind: 'stored',
      ...page.write,
      checkpoint: {
        ...checkpoint,
        probe: outcome.probe,
        // one more run: what it finds changed says that the count was of something else
        ...(settles && { runAt: now.getTime() }),
      },
    }
  }

  return { begin, question, read }
}

export type ProbeCount = ReturnType<typeof probeCount>
