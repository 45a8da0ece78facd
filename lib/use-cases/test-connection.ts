import { type ConnectionTest, testedReads } from '#lib/domain/connection-test.ts'
import { Failure } from '#lib/domain/failure.ts'
import type { ProviderId } from '#lib/domain/provider.ts'
import type { TenantId } from '#lib/domain/tenant.ts'
import type { Admin } from '#lib/domain/user.ts'
import type { Deps } from '#lib/ports.ts'

/** Handed in by the container. */
interface Verbs {
  obtain(wish: { tenantId: TenantId; provider: ProviderId; minTtlMs: number }): Promise<{ accessToken: string }>
}

const readDeadlineMs = 10_000

/** « Tester la connexion »: one row of each kind of data, and which of them answered. */
export const testConnection = ({ store, providers, clock, monotonicMs }: Deps, { obtain }: Verbs) => {
  /** @throws Failure as `obtain` does: without a token there is nothing to read with */
  const test = async ({ tenantId, id: userId }: Admin, provider: ProviderId): Promise<ConnectionTest> => {
    const record = await store.authorizations.find(tenantId, provider)
    if (!record) throw new Failure('not_connected')
    const { accessToken } = await obtain({ tenantId, provider, minTtlMs: readDeadlineMs })
    const reads = await Promise.all(
      testedReads.map(async (read) => {
        const startedMs = monotonicMs()
        const failure = await providers[provider].testRead(read, accessToken, readDeadlineMs)
        return { read, failure, durationMs: Math.round(monotonicMs() - startedMs) }
      }),
    )
    const at = clock.now()
    const found = { at: at.toISOString(), reads }
    const failed = reads.find(({ failure }) => failure !== null)?.failure
    await store.tokens.keepTest(tenantId, record.id, found, {
      at,
      tenantId,
      connectionId: record.id,
      actor: { kind: 'user', userId },
      event: 'connection.tested',
      outcome: failed ?? 'ok',
      detail: Object.fromEntries(reads.map(({ read, failure }) => [read, failure ?? 'ok'])),
    })
    return found
  }
  return { test }
}
