import { isLive } from '#lib/domain/api-keys/api-key.ts'
import type { ProviderId } from '#lib/domain/connections/provider.ts'
import { Failure } from '#lib/domain/failure.ts'
import type { Attempt, NotificationKind } from '#lib/domain/notifications/delivery.ts'
import type { Mail } from '#lib/domain/notifications/mail.ts'
import { syncedLists } from '#lib/domain/sync/synced-lists.ts'
import type { Deps } from '#lib/ports/deps.ts'
import type { Claimed } from '#lib/ports/notifications.ts'
import type { ReadDigest } from './read-digest.ts'

type Delivered = Claimed<'mail'>

/** A mail lists no more than this; the console lists all. */
const listed = 50

/** One attempt to mail what waits in the outbox: whom it is for and what it says is read now. */
export const sendMail = ({ store, mailer, renderMail, clock, publicUrl }: Deps, digest: ReadDigest) => {
  const link = `${publicUrl}/administratif/cle-de-securite`
  const guideLink = `${publicUrl}/administratif/guide`
  const keysLink = `${publicUrl}/administratif/cles-api`
  const syncLink = `${publicUrl}/administratif/synchronisation`

  const incidentOf = ({ payload }: Delivered) => store.incidents.find(String(payload.incidentId), clock.now())

  /** Null where it is no longer true. */
  const compose: Record<NotificationKind, (delivery: Delivered) => Promise<Mail | null>> = {
    alert: async (delivery) => {
      const incident = await incidentOf(delivery)
      return incident && !incident.closedAt ? { kind: 'alert', link, ...incident, since: incident.openedAt } : null
    },
    recovery: async (delivery) => {
      const incident = await incidentOf(delivery)
      return incident?.closedAt
        ? { kind: 'recovery', link, ...incident, since: incident.openedAt, until: incident.closedAt }
        : null
    },
    reconnect_request: async ({ tenantId, payload }) => {
      const tenant = tenantId && (await store.accounts.findTenant(tenantId))
      const provider = payload.provider as ProviderId
      return tenant ? { kind: 'reconnect_request', link, tenantName: tenant.name, provider } : null
    },
    upgrade_request: async ({ tenantId }) => {
      const tenant = tenantId && (await store.accounts.findTenant(tenantId))
      return tenant ? { kind: 'upgrade_request', link: guideLink, tenantName: tenant.name } : null
    },
    deletion_question: async ({ tenantId, payload: { list } }) => {
      const tenant = tenantId && (await store.accounts.findTenant(tenantId))
      if (!tenant) return null
      const copy = (await store.sync.status(tenant.id)).find((status) => status.list === list)
      // somebody answered meanwhile
      if (!copy?.held) return null
      const { provider } = syncedLists[copy.list]
      const about = { provider, list: copy.list, count: copy.held.count }
      return { kind: 'deletion_question', link: syncLink, tenantName: tenant.name, ...about }
    },
    key_ending: async ({ tenantId, payload }) => {
      const tenant = tenantId && (await store.accounts.findTenant(tenantId))
      const key = (await store.apiKeys.findByPrefix(String(payload.prefix), null))?.key
      // revoked meanwhile, or over already
      if (!tenant || !key?.expiresAt || !isLive(key, clock.now())) return null
      const { prefix, name: keyName, expiresAt } = key
      return { kind: 'key_ending', link: keysLink, tenantName: tenant.name, keyName, prefix, expiresAt }
    },
    digest: async () => ({
      kind: 'digest',
      link: `${publicUrl}/support`,
      ...(await digest(listed)),
    }),
  }

  const attempt = async (delivery: Delivered): Promise<Attempt> => {
    const recipient = await store.deliveries.findRecipient(delivery.userId)
    if (!recipient) return { delivered: false, answer: 'no_recipient', final: true }
    const mail = await compose[delivery.kind](delivery)
    if (!mail) return { delivered: false, answer: 'overtaken', final: true }
    if (!mailer.configured) return { delivered: false, answer: 'no_mail_server', final: true }
    try {
      await mailer.send({ to: recipient.email, ...renderMail(mail, recipient) })
      return { delivered: true, answer: '250' }
    } catch (error) {
      if (!(error instanceof Failure)) throw error
      return { delivered: false, answer: String(error.evidence.errorCode || error.code) }
    }
  }

  return attempt
}

export type SendMail = ReturnType<typeof sendMail>
