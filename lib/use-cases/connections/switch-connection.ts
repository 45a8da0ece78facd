import type { Admin } from '#lib/domain/accounts/user.ts'
import type { ProviderId } from '#lib/domain/connections/provider.ts'
import { Failure } from '#lib/domain/failure.ts'
import { actorOf, journalEntry } from '#lib/domain/journal/journal-entry.ts'
import type { Deps } from '#lib/ports/deps.ts'

/** « Statut » alone: a pause or its end, which leaves the settings and their revision as they are. */
export const switchConnection = ({ store, providers, clock }: Deps) => {
  /** @throws Failure `not_connected` before anything was saved */
  const turn = async (admin: Admin, provider: ProviderId, enabled: boolean): Promise<void> => {
    const { tenantId } = admin
    const record = await store.authorizations.find(tenantId, provider)
    if (!record || record.status.state === 'unconfigured') throw new Failure('not_connected')
    const api = providers[provider]
    const now = clock.now()
    const detail = { enabled, provider, clientIdChanged: false, secretChanged: false }
    await store.authorizations.switchEnabled({
      connectionId: record.id,
      tenantId,
      enabled,
      userId: admin.id,
      resumes: api.grant !== 'keys' && api.refreshPolicy.ahead,
      now,
      entry: journalEntry({
        at: now,
        tenantId,
        connectionId: record.id,
        actor: actorOf(admin),
        event: 'settings.saved',
        detail,
      }),
    })
  }
  return turn
}

export type SwitchConnection = ReturnType<typeof switchConnection>
