import type { Admin } from '#lib/domain/accounts/user.ts'
import { authFailed, authSuccess } from '#lib/domain/connections/auth-status.ts'
import { clientSecretContext } from '#lib/domain/connections/client-credentials.ts'
import type { ConnectionRecord } from '#lib/domain/connections/connection-record.ts'
import { transition } from '#lib/domain/connections/connection-status.ts'
import { type ConnectionTest, type TestedRead, tokenRefused } from '#lib/domain/connections/connection-test.ts'
import type { ProviderId } from '#lib/domain/connections/provider.ts'
import { Failure } from '#lib/domain/failure.ts'
import type { FailureCode } from '#lib/domain/failure-codes.ts'
import { type Actor, actorOf, journalEntry } from '#lib/domain/journal/journal-entry.ts'
import type { StatusChange } from '#lib/ports/authorization.ts'
import type { KeyProvider } from '#lib/ports/connections.ts'
import type { Deps } from '#lib/ports/deps.ts'
import type { RateBudget } from '../rate-budget/rate-budget.ts'
import type { GetAccessToken, ObtainedToken } from '../tokens/get-access-token.ts'
import type { ReportRejectedToken } from '../tokens/report-rejected-token.ts'

type Read = (read: TestedRead) => Promise<FailureCode | null>

interface Plan {
  read: Read
  /** The reads with another token; null when there is none to be had. */
  refreshed(): Promise<Read | null>
  /** What the reads say of a connection that has no tokens to tell how it stands. */
  decide(failure: FailureCode | null, now: Date): { statusChange: StatusChange; authStatus: string | null } | null
}

const readDeadlineMs = 10_000

/** « Tester la connexion »: one row of each kind of data, and which of them answered. */
export const testConnection = (
  { store, providers, vault, clock, monotonicMs }: Deps,
  { obtain }: Pick<GetAccessToken, 'obtain'>,
  { reportRead }: Pick<ReportRejectedToken, 'reportRead'>,
  { call }: Pick<RateBudget, 'call'>,
) => {
  const withKeys = async (record: ConnectionRecord, api: KeyProvider): Promise<Plan> => {
    const client = record.client && (await store.authorizations.findClientById(record.tenantId, record.client.id))
    if (!client) throw new Failure('not_connected')
    if (!record.enabled) throw new Failure('connection_disabled')
    const secret = await vault.open(client.sealedSecret, clientSecretContext(record.tenantId, client))
    let status: number | null = null
    return {
      read: async (read) => {
        if (secret === null) return 'secret_unreadable'
        const found = await api.testRead(read, { identifier: client.identifier, secret }, readDeadlineMs)
        status = found.status
        return found.failure
      },
      refreshed: async () => null,
      decide: (failure, now) => ({
        statusChange: { from: record.status, to: transition(record.status, { kind: 'keys_tried', failure }, now) },
        authStatus: failure === null ? authSuccess : secret === null ? null : authFailed(status),
      }),
    }
  }

  const pageModelOf = async (record: ConnectionRecord, actor: Actor): Promise<Plan> => {
    const { tenantId, provider } = record
    const api = providers[provider]
    if (api.grant === 'keys') return withKeys(record, api)
    const request = { tenantId, provider, minTtlMs: readDeadlineMs }
    const readWith =
      ({ accessToken, window }: ObtainedToken): Read =>
      async (read) => {
        const send = () => api.testRead(read, accessToken, readDeadlineMs)
        const answer = await call(window, 'person', readDeadlineMs, send)
        return answer ? answer.failure : 'provider_throttled'
      }
    let token = await obtain(request)
    const refreshed = async () => {
      const { version } = token
      try {
        token = await reportRead(request, version, actor)
      } catch (error) {
        // the record says why there is none
        if (error instanceof Failure) return null
        throw error
      }
      return token.version === version ? null : readWith(token)
    }
    return { read: readWith(token), refreshed, decide: () => null }
  }

  const readAll = (provider: ProviderId, read: Read) =>
    Promise.all(
      providers[provider].reads.map(async (name) => {
        const startedMs = monotonicMs()
        const failure = await read(name)
        return { read: name, failure, durationMs: Math.round(monotonicMs() - startedMs) }
      }),
    )

  /** @throws Failure as `obtain` does: without a token there is nothing to read with */
  const test = async (by: Pick<Admin, 'id' | 'tenantId' | 'ip'>, provider: ProviderId): Promise<ConnectionTest> => {
    const { tenantId } = by
    const record = await store.authorizations.find(tenantId, provider)
    if (!record) throw new Failure('not_connected')
    const actor = actorOf(by)
    const { read, refreshed, decide } = await pageModelOf(record, actor)
    let reads = await readAll(provider, read)
    for (let tries = 0; tries < 2 && tokenRefused(reads); tries += 1) {
      // with a refresh that did not help, the second report ends the connection
      const again = await refreshed()
      if (again === null) break
      reads = await readAll(provider, again)
    }
    const at = clock.now()
    const found = { at: at.toISOString(), reads }
    const failed = reads.find(({ failure }) => failure !== null)?.failure ?? null
    const entry = journalEntry({
      at,
      tenantId,
      connectionId: record.id,
      actor,
      event: 'connection.tested',
      outcome: failed ?? 'ok',
      detail: { provider, ...Object.fromEntries(reads.map(({ read, failure }) => [read, failure ?? 'ok'])) },
    })
    await store.tokens.saveTest({ tenantId, connectionId: record.id, test: found }, decide(failed, at), entry)
    return found
  }
  return test
}

export type TestConnection = ReturnType<typeof testConnection>
