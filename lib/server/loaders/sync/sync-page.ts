import 'server-only'
import { container } from '#lib/composition/container.ts'
import type { ProviderId } from '#lib/domain/connections/provider.ts'
import type { FailureCode } from '#lib/domain/failure-codes.ts'
import type { FinishedRun, OddRecord } from '#lib/domain/sync/sync-run.ts'
import { syncedLists } from '#lib/domain/sync/synced-lists.ts'
import type { ListHeadline } from '#lib/domain/sync/view/list-view.ts'
import { isUnderWay } from '#lib/domain/sync/view/list-view.ts'
import { readingMs } from '#lib/domain/sync/view/progress.ts'
import { requireMember } from '#lib/server/auth/session.ts'
import type { CopyOperation } from '#lib/server/forms/sync.ts'
import { readCopies, type ShownCopy } from './copies.ts'

const runsShown = 20
const oddShown = 20

export interface CopyPage extends ShownCopy {
  /** What is wrong with its connection, where that is why nothing is read. */
  problem: FailureCode | null
  /** What may be asked of it now, by whom who looks. */
  operations: readonly CopyOperation[]
  /** How long reading everything again takes. */
  rereadMs: number
  records: number
  /** Whether whoever looks may answer questions. */
  mayAct: boolean
  now: Date
}

export type OddShown = OddRecord & { provider: ProviderId }

const operationsOf: Record<ListHeadline, readonly CopyOperation[]> = {
  reconnect_required: [],
  misconfigured: [],
  paused: [],
  disconnected: [],
  held: ['request', 'stop'],
  forbidden: ['request', 'stop'],
  stopped: ['request'],
  throttled: ['stop'],
  retrying: ['request', 'stop'],
  first: ['stop'],
  requested: ['stop'],
  rereading: ['stop'],
  running: ['stop'],
  checking: ['stop'],
  up_to_date: ['request', 'verify', 'reread', 'stop'],
}

/** « Synchronisation » of the reader's own tenant; a reader of the role sees it without anything to press. */
export const readSync = async () => {
  const member = await requireMember()
  const { store, getConnection, eraseRecord } = await container()
  const { copies, now } = await readCopies(member.tenantId)
  const lists = copies.flatMap((copy) => copy.lists.map(({ list }) => list))
  const mayAct = member.role === 'admin'
  const problemOf = async ({ headline, provider }: ShownCopy): Promise<FailureCode | null> => {
    if (headline !== 'reconnect_required' && headline !== 'misconfigured') return null
    return (await getConnection.look(member, provider)).problem?.code ?? null
  }
  const [shown, runs, odd, erased] = await Promise.all([
    Promise.all(
      copies.map(async (copy): Promise<CopyPage> => {
        const records = copy.lists.reduce((sum, list) => sum + list.records, 0)
        return {
          ...copy,
          problem: await problemOf(copy),
          operations: mayAct ? operationsOf[copy.headline] : [],
          ...{ records, rereadMs: readingMs(records), mayAct, now },
        }
      }),
    ),
    store.sync.history(member.tenantId, runsShown),
    store.sync.odd(member.tenantId, lists, oddShown),
    member.role === 'admin' ? eraseRecord.list(member) : [],
  ])
  const records = odd.records.map((record): OddShown => ({ ...record, provider: syncedLists[record.list].provider }))
  return {
    copies: shown,
    runs: runs satisfies FinishedRun[],
    odd: { records, count: odd.count },
    /** Of each list, how many stay erased; for admins alone. */
    erased,
    underWay: copies.some(({ headline }) => isUnderWay(headline)),
    now,
  }
}

export type SyncPage = Awaited<ReturnType<typeof readSync>>
