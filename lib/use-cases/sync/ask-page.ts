import { tokenRefusals } from '#lib/domain/connections/connection-test.ts'
import { withTokens } from '#lib/domain/connections/provider.ts'
import type { ListQuestion } from '#lib/domain/sync/question.ts'
import { syncedLists } from '#lib/domain/sync/synced-lists.ts'
import type { Deps } from '#lib/ports/deps.ts'
import type { ClaimedList, ListAnswer } from '#lib/ports/sync.ts'
import type { RateBudget } from '../rate-budget/rate-budget.ts'
import type { GetAccessToken, ObtainedToken } from '../tokens/get-access-token.ts'
import type { ReportRejectedToken } from '../tokens/report-rejected-token.ts'

const deadlineMs = 20_000
/** A token that ends while a page is on its way is of no use. */
const minTtlMs = 30_000

/** One question to a provider, as soon as the minute has room for it. */
export const askPage = (
  { providers, clock }: Deps,
  budget: Pick<RateBudget, 'take' | 'heldInMs' | 'note'>,
  { obtain }: Pick<GetAccessToken, 'obtain'>,
  { report }: Pick<ReportRejectedToken, 'report'>,
) => {
  const read = async ({ provider, list }: ClaimedList, question: ListQuestion, token: ObtainedToken) => {
    const { readList } = withTokens(providers[provider])
    const answer = await readList(syncedLists[list], question, token.accessToken, deadlineMs)
    const throttled = answer.kind === 'failed' && answer.failure === 'provider_throttled'
    await budget.note(token.window, answer.limit, throttled, clock.now())
    return answer
  }

  /**
   * @returns `later` where the minute has no room: nothing was asked; `nextInMs` is when the next call may leave
   * @throws Failure as `obtain` does
   */
  return async (
    claimed: ClaimedList,
    question: ListQuestion,
  ): Promise<{ kind: 'later'; waitMs: number } | { kind: 'answered'; answer: ListAnswer; nextInMs: number }> => {
    const { tenantId, provider } = claimed
    const request = { tenantId, provider, minTtlMs }
    // first: what may leave now does not wait for a token
    const token = await obtain(request)
    const waitMs = await budget.take(token.window, 'sync', clock.now())
    if (waitMs > 0) return { kind: 'later', waitMs }
    const answered = (answer: ListAnswer) =>
      ({ kind: 'answered', answer, nextInMs: budget.heldInMs(token.window, clock.now()) }) as const
    const answer = await read(claimed, question, token)
    if (answer.kind !== 'failed' || !tokenRefusals.has(answer.failure)) return answered(answer)
    // refreshed once for all who meet it; throws where that ends the connection
    const renewed = await report(request, token.version)
    return answered(await read(claimed, question, renewed))
  }
}

export type AskPage = ReturnType<typeof askPage>
