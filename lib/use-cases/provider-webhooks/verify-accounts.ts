import type { TenantId } from '#lib/domain/accounts/tenant.ts'
import { tokenRefusals } from '#lib/domain/connections/connection-test.ts'
import { type ProviderId, withTokens } from '#lib/domain/connections/provider.ts'
import { Failure } from '#lib/domain/failure.ts'
import type { Deps } from '#lib/ports/deps.ts'
import type { RateBudget } from '../rate-budget/rate-budget.ts'
import type { GetAccessToken } from '../tokens/get-access-token.ts'
import type { ReportRejectedToken } from '../tokens/report-rejected-token.ts'

const deadlineMs = 8_000
const claimMs = 60_000
const atOnce = 4

/** A provider said that an account was closed: one read finds out, and what it says ends the connection or does not. */
export const verifyAccounts = (
  { store, providers, clock }: Deps,
  { obtain }: Pick<GetAccessToken, 'obtain'>,
  { reportRead }: Pick<ReportRejectedToken, 'reportRead'>,
  { call }: Pick<RateBudget, 'call'>,
) => {
  const verify = async (tenantId: TenantId, provider: ProviderId): Promise<void> => {
    const { reads, testRead } = withTokens(providers[provider])
    const [read] = reads
    if (!read) return
    const request = { tenantId, provider, minTtlMs: deadlineMs }
    let token = await obtain(request)
    for (let tries = 0; tries < 2; tries += 1) {
      const { accessToken, window, version } = token
      const answer = await call(window, 'person', deadlineMs, () => testRead(read, accessToken, deadlineMs))
      if (!answer?.failure || !tokenRefusals.has(answer.failure)) return
      // with a refresh that did not help, the second report ends the connection
      token = await reportRead(request, version, { kind: 'system' })
    }
  }

  /** Verifies the accounts that were said to be closed. */
  const verifyDue = async (): Promise<void> => {
    for (const hint of await store.webhooks.claimHints(['account'], atOnce, claimMs, clock.now())) {
      const status = await store.webhooks.status(hint.tenantId)
      try {
        if (status) await verify(hint.tenantId, status.provider)
      } catch (error) {
        // the record says why there is no token; our own side is tried again
        if (!(error instanceof Failure) || error.code === 'storage_unavailable') throw error
      }
      await store.webhooks.finishHints([hint])
    }
  }
  return verifyDue
}
