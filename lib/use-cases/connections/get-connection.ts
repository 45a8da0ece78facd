import type { TenantId } from '#lib/domain/accounts/tenant.ts'
import type { Admin, Member } from '#lib/domain/accounts/user.ts'
import type { ConnectionRecord } from '#lib/domain/connections/connection-record.ts'
import { type ConnectionView, type ViewInput, viewConnection } from '#lib/domain/connections/connection-view.ts'
import { diagnosticOf } from '#lib/domain/connections/diagnostic.ts'
import type { ProviderId } from '#lib/domain/connections/provider.ts'
import type { Deps } from '#lib/ports/deps.ts'
import type { ResolveCandidate } from '../authorization/resolve-candidate.ts'

const never = (tenantId: TenantId, provider: ProviderId, now: Date): ConnectionRecord => ({
  id: '',
  tenantId,
  provider,
  revision: 0,
  enabled: true,
  paused: null,
  restoredAt: null,
  client: null,
  target: null,
  supersededAt: null,
  status: { state: 'unconfigured', reason: null, since: now, lastSuccessAt: null, nextAttemptAt: null, attempts: 0 },
  authStatus: null,
  authorizationFailure: null,
  tokenSet: null,
  candidate: null,
  connected: null,
  lastTest: null,
  newest: null,
})

const attemptsShown = 20

/** What « Clé de sécurité » shows of one provider. */
export const getConnection = (
  { store, clock, publicUrl }: Deps,
  { resolve: resolveCandidate }: Pick<ResolveCandidate, 'resolve'>,
) => {
  /** Asks first for an identity that is still owed and due: looking at the page repairs it. */
  const show = async (admin: Admin, provider: ProviderId, around: Omit<ViewInput, 'now'>): Promise<ConnectionView> => {
    const find = () => store.authorizations.find(admin.tenantId, provider)
    let record = await find()
    if (record?.candidate || record?.status.reason === 'identity_unknown') {
      await resolveCandidate(admin.tenantId, provider)
      record = await find()
    }
    const now = clock.now()
    return viewConnection(record ?? never(admin.tenantId, provider, now), { ...around, now })
  }

  /** The same for who may change nothing: what is owed is not asked for, and nothing of anybody's browser counts. */
  const look = async ({ tenantId }: Member, provider: ProviderId): Promise<ConnectionView> => {
    const now = clock.now()
    const record = (await store.authorizations.find(tenantId, provider)) ?? never(tenantId, provider, now)
    return viewConnection(record, { waitingCode: null, notice: null, now })
  }

  /** What support asks for first. Empty before anything was typed. */
  const diagnose = async (tenantId: TenantId, provider: ProviderId): Promise<string> => {
    const record = await store.authorizations.find(tenantId, provider)
    if (!record || record.status.state === 'unconfigured') return ''
    const attempts = await store.journal.recent(tenantId, record.id, attemptsShown)
    return diagnosticOf(record, `${publicUrl}/oauth/callback`, attempts)
  }

  return { show, look, diagnose }
}

export type GetConnection = ReturnType<typeof getConnection>
