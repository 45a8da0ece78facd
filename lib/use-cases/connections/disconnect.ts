import type { Admin } from '#lib/domain/accounts/user.ts'
import type { ProviderId } from '#lib/domain/connections/provider.ts'
import { Failure } from '#lib/domain/failure.ts'
import { actorOf, journalEntry } from '#lib/domain/journal/journal-entry.ts'
import type { Deps } from '#lib/ports/deps.ts'
import type { MaintainWebhooks } from '../provider-webhooks/maintain-webhooks.ts'

/** « Déconnecter »: forgets the tokens and keeps the credentials. The provider has no revocation endpoint to tell. */
export const disconnect = ({ store, clock }: Deps, { remove }: Pick<MaintainWebhooks, 'remove'>) => {
  const forget = async (admin: Admin, provider: ProviderId): Promise<void> => {
    const { tenantId } = admin
    const record = await store.authorizations.find(tenantId, provider)
    if (!record?.tokenSet && !record?.candidate) throw new Failure('not_connected')
    // with the last token there is: afterwards nobody can
    const removed = await remove(tenantId, provider)
    const now = clock.now()
    const { lastSuccessAt } = record.status
    await store.tokens.disconnect(
      {
        tenantId,
        connectionId: record.id,
        to: {
          state: 'awaiting_authorization',
          reason: null,
          since: now,
          lastSuccessAt,
          nextAttemptAt: null,
          attempts: 0,
        },
      },
      {
        now,
        entry: journalEntry({
          at: now,
          tenantId,
          connectionId: record.id,
          actor: actorOf(admin),
          event: 'connection.disconnected',
          detail: { account: record.tokenSet?.account?.id ?? null, webhooksRemoved: removed },
        }),
      },
    )
  }
  return forget
}
