import type { Deps } from '#lib/ports/deps.ts'
import { eraseRecord } from '#lib/use-cases/privacy/erase-record.ts'
import type { ErasedIds } from '#lib/use-cases/privacy/erased-ids.ts'
import { exportRecord } from '#lib/use-cases/privacy/export-record.ts'
import type { RateBudget } from '#lib/use-cases/rate-budget/rate-budget.ts'
import { askPage } from '#lib/use-cases/sync/ask-page.ts'
import { changeFeed } from '#lib/use-cases/sync/change-feed.ts'
import { checkKnownIds } from '#lib/use-cases/sync/check-known-ids.ts'
import { controlSync } from '#lib/use-cases/sync/control-sync.ts'
import { probeCount } from '#lib/use-cases/sync/probe-count.ts'
import { readPage } from '#lib/use-cases/sync/read-page.ts'
import { exportRecords } from '#lib/use-cases/sync/records/export-records.ts'
import { linkedRecords } from '#lib/use-cases/sync/records/linked-records.ts'
import { listRecords } from '#lib/use-cases/sync/records/list-records.ts'
import { runList } from '#lib/use-cases/sync/run-list.ts'
import { syncDue } from '#lib/use-cases/sync/sync-due.ts'
import { syncStep } from '#lib/use-cases/sync/sync-step.ts'
import type { GetAccessToken } from '#lib/use-cases/tokens/get-access-token.ts'
import type { ReportRejectedToken } from '#lib/use-cases/tokens/report-rejected-token.ts'

/** The use cases of the copies. */
export const copyLists = (
  deps: Deps,
  erased: ErasedIds,
  budget: RateBudget,
  accessTokens: GetAccessToken,
  rejectedTokens: ReportRejectedToken,
) => {
  const pages = readPage(deps, erased)
  const step = syncStep(deps, askPage(deps, budget, accessTokens, rejectedTokens), {
    runs: runList(deps, pages),
    checks: checkKnownIds(deps, pages),
    probes: probeCount(deps, pages),
  })
  return {
    copies: syncDue(deps, step),
    controlSync: controlSync(deps),
    eraseRecord: eraseRecord(deps, erased),
    exportRecord: exportRecord(deps),
    listRecords: listRecords(deps),
    exportRecords: exportRecords(deps),
    linkedRecords: linkedRecords(deps, budget, accessTokens),
    changeFeed: changeFeed(deps),
  }
}
