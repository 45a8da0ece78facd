import type { TenantId } from '#lib/domain/accounts/tenant.ts'
import { type ProviderId, withTokens } from '#lib/domain/connections/provider.ts'
import type { ForwardedAnswer, ForwardedCall } from '#lib/ports/connections.ts'
import type { Deps } from '#lib/ports/deps.ts'
import type { TokenSet } from '#lib/ports/tokens.ts'
import type { RateBudget } from '../rate-budget/rate-budget.ts'
import type { GetAccessToken, ObtainedToken } from './get-access-token.ts'
import type { ReportRejectedToken } from './report-rejected-token.ts'

/** No call left: the provider's limit is spent. */
interface Spent {
  kind: 'spent'
  retryAfterS: number
}

/** Calls a provider for a back end, which never holds a token. */
export const forwardCalls = (
  { providers, clock }: Deps,
  { obtain }: Pick<GetAccessToken, 'obtain'>,
  { report }: Pick<ReportRejectedToken, 'report'>,
  { take, note }: Pick<RateBudget, 'take' | 'note'>,
) => {
  const send = async (provider: ProviderId, call: ForwardedCall, token: ObtainedToken) => {
    const waitMs = await take(token.window, 'back_end', clock.now())
    if (waitMs > 0) return { kind: 'spent', retryAfterS: Math.ceil(waitMs / 1000) } satisfies Spent
    const answer = await withTokens(providers[provider]).forward(call, token.accessToken)
    await note(token.window, answer.limit, answer.throttled, clock.now()).catch(() => {})
    return answer
  }

  /**
   * A token that the provider refuses is refreshed, once for all whom it was handed to, and the call sent again.
   *
   * @param tokenSet what was just read for the request, with the key that it came with; undefined reads it
   * @throws Failure as `obtain` does
   */
  return async (
    { tenantId, provider }: { tenantId: TenantId; provider: ProviderId },
    call: ForwardedCall,
    tokenSet: TokenSet | null | undefined,
  ): Promise<ForwardedAnswer | Spent> => {
    const request = { tenantId, provider, minTtlMs: 0 }
    const token = await obtain(request, tokenSet)
    const answer = await send(provider, call, token)
    if (answer.kind !== 'answer' || answer.status !== 401) return answer
    const discard = () => answer.body?.cancel().catch(() => {})
    const other = await report(request, token.version).catch(async (error: unknown) => {
      await discard()
      throw error
    })
    // the same one is valid, says a read of our own: the refusal is of this call
    if (other.version === token.version) return answer
    await discard()
    return send(provider, call, other)
  }
}
