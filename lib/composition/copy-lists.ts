import type { Deps } from '#lib/ports/deps.ts'
import type { RateBudget } from '#lib/use-cases/rate-budget/rate-budget.ts'
import { askPage } from '#lib/use-cases/sync/ask-page.ts'
import { controlSync } from '#lib/use-cases/sync/control-sync.ts'
import { syncDue } from '#lib/use-cases/sync/sync-due.ts'
import { syncStep } from '#lib/use-cases/sync/sync-step.ts'
import type { GetAccessToken } from '#lib/use-cases/tokens/get-access-token.ts'
import type { ReportRejectedToken } from '#lib/use-cases/tokens/report-rejected-token.ts'

/** The use cases of the copies. */
export const copyLists = (
  deps: Deps,
  budget: RateBudget,
  accessTokens: GetAccessToken,
  rejectedTokens: ReportRejectedToken,
) => ({
  copies: syncDue(deps, syncStep(deps, askPage(deps, budget, accessTokens, rejectedTokens))),
  controlSync: controlSync(deps),
})
