import type { TenantId } from '#lib/domain/accounts/tenant.ts'
import type { User } from '#lib/domain/accounts/user.ts'
import type { ConnectionRecord } from '#lib/domain/connections/connection-record.ts'
import type { ProviderId } from '#lib/domain/connections/provider.ts'
import { hourMs } from '#lib/domain/duration.ts'
import { Failure } from '#lib/domain/failure.ts'
import { actorOf, journalEntry } from '#lib/domain/journal/journal-entry.ts'
import type { Deps } from '#lib/ports/deps.ts'
import type { LimitMails } from '../notifications/limit-mails.ts'
import type { RefreshDueTokens } from '../tokens/refresh-due.ts'

/** Somebody of support, and whose connection they help with. */
export interface Assisting extends Pick<User, 'id' | 'ip'> {
  tenantId: TenantId
}

/** One mail an hour is enough to be asked the same. */
const askedAgainMs = hourMs

/** What support does with a customer's connection; each is journaled under the name of who did it. */
export const assistConnection = (
  { store, providers, mailer, clock }: Deps,
  { refreshNow }: Pick<RefreshDueTokens, 'refreshNow'>,
  takeMail: LimitMails,
) => {
  const find = async ({ tenantId }: Assisting, provider: ProviderId): Promise<ConnectionRecord> => {
    const record = await store.authorizations.find(tenantId, provider)
    if (!record) throw new Failure('not_connected')
    return record
  }

  const about = (by: Assisting, { id: connectionId, tenantId }: ConnectionRecord) => ({
    tenantId,
    connectionId,
    actor: actorOf(by),
  })

  /** « Réessayer maintenant ». @throws Failure `not_connected`, `connection_disabled` */
  const retry = async (by: Assisting, provider: ProviderId): Promise<void> => {
    const record = await find(by, provider)
    if (!record.tokenSet) throw new Failure('not_connected')
    if (!record.enabled || record.restoredAt) throw new Failure('connection_disabled')
    await refreshNow(by.tenantId, provider)
    const { status } = await find(by, provider)
    const outcome = status.state === 'connected' ? 'ok' : (status.reason ?? 'ok')
    await store.journal.append(
      journalEntry({
        at: clock.now(),
        ...about(by, record),
        event: 'connection.retried',
        outcome,
        detail: { provider },
      }),
    )
  }

  /**
   * « Mettre en pause » and « Remettre en marche ».
   *
   * @param revision what the page showed: a newer edit is not overwritten
   * @throws Failure `not_connected` before anything was typed, `edited_elsewhere`
   */
  const turn = async (by: Assisting, provider: ProviderId, enabled: boolean, revision: number): Promise<void> => {
    const record = await find(by, provider)
    const { client, status } = record
    if (!client) throw new Failure('not_connected')
    const api = providers[provider]
    const now = clock.now()
    const detail = { enabled, provider, clientIdChanged: false, secretChanged: false }
    const saved = await store.authorizations.saveSettings({
      ...{ connectionId: record.id, tenantId: by.tenantId, provider, revision, enabled, userId: by.id },
      ...{ target: record.target, supersededAt: record.supersededAt },
      resumes: api.grant !== 'keys' && api.refreshPolicy.ahead,
      client: { id: client.id, identifier: client.identifier, secret: null },
      statusChange: { from: status, to: status },
      now,
      entry: journalEntry({ at: now, ...about(by, record), event: 'settings.saved', detail }),
    })
    // pressed twice: what was asked for is so
    if (!saved && (await find(by, provider)).enabled !== enabled) throw new Failure('edited_elsewhere')
  }

  /**
   * « Demander la reconnexion »: a mail to the active admins, which holds a plain link to « Clé de sécurité ».
   *
   * @throws Failure `nobody_to_ask`, `mail_missing`, `mails_throttled` with `retryAfterS`
   */
  const askToReconnect = async (by: Assisting, provider: ProviderId): Promise<void> => {
    const record = await find(by, provider)
    if (!mailer.configured) throw new Failure('mail_missing')
    const users = await store.tenantUsers.list(by.tenantId)
    const admins = users.filter(({ role, state }) => role === 'admin' && state === 'active')
    if (admins.length === 0) throw new Failure('nobody_to_ask')
    await takeMail({ recipient: null, by: { user: by, tenantId: by.tenantId } })
    const now = clock.now()
    const hour = Math.floor(now.getTime() / askedAgainMs)
    const mails = admins.map(({ id: userId }) => ({
      ...({
        channel: 'mail',
        kind: 'reconnect_request',
        tenantId: by.tenantId,
        userId,
        payload: { provider },
      } as const),
      onceKey: `reconnect_request ${record.id} ${userId} ${hour}`,
    }))
    await store.deliveries.add(mails, {
      now,
      entry: journalEntry({ at: now, ...about(by, record), event: 'connection.reconnect_asked', detail: { provider } }),
    })
  }

  return { retry, turn, askToReconnect }
}
