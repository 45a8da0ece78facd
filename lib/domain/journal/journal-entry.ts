import type { TenantId } from '../accounts/tenant.ts'
import type { User } from '../accounts/user.ts'
import type { TestedRead } from '../connections/connection-test.ts'
import type { FailureCode } from '../failure-codes.ts'
import { outcomeOf } from './journal-outcome.ts'

export type JournalEvent =
  | 'tenant.created'
  | 'tenant.renamed'
  | 'tenant.archived'
  | 'tenant.unarchived'
  | 'user.created'
  | 'user.invited'
  | 'user.uninvited'
  | 'user.activated'
  | 'user.role_changed'
  | 'user.deactivated'
  | 'user.reactivated'
  | 'user.unbound'
  | 'user.profile_changed'
  | 'email.requested'
  | 'email.changed'
  | 'email.released'
  | 'password.requested'
  | 'password.changed'
  | 'session.opened'
  | 'session.refused'
  | 'session.ended'
  | 'factor.used'
  | 'factor.refused'
  | 'factor.added'
  | 'factor.removed'
  | 'factor.reset'
  | 'access.refused'
  | 'settings.saved'
  | 'authorization.departed'
  | 'authorization.parked'
  | 'authorization.refused'
  | 'authorization.exchanged'
  | 'candidate.forgotten'
  | 'connection.promoted'
  | 'connection.superseded'
  | 'connection.disconnected'
  | 'connection.tested'
  | 'connection.retried'
  | 'connection.quarantined'
  | 'connection.resumed'
  | 'connection.reconnect_asked'
  | 'connection.upgrade_asked'
  | 'token.refreshed'
  | 'token.recovered'
  | 'token.refused'
  | 'token.failed'
  | 'token.dropped'
  | 'token.reported'
  | 'calls.refused'
  | 'webhooks.registered'
  | 'webhooks.forbidden'
  | 'outage.opened'
  | 'outage.closed'
  | 'incident.opened'
  | 'incident.closed'
  | 'incident.noted'
  | 'incident.note_removed'
  | 'alert.sent'
  | 'recovery.sent'
  | 'reconnect_request.sent'
  | 'upgrade_request.sent'
  | 'deletion_question.sent'
  | 'key_ending.sent'
  | 'digest.sent'
  | 'delivery.given_up'
  | 'delivery.overtaken'
  | 'delivery.replayed'
  | 'api_key.created'
  | 'api_key.revoked'
  | 'api_key.used'
  | 'api_key.refused'
  | 'journal.exported'
  | 'list.exported'
  | 'console.exported'
  | 'database.backed_up'
  | 'database.moved'
  | 'identity.read'
  | 'identity.failed'
  | 'guide.step_done'
  | 'keys.rotated'
  | 'keys.forgotten'
  | 'sync.requested'
  | 'sync.stopped'
  | 'sync.completed'
  | 'sync.deletion_held'
  | 'sync.deletion_answered'
  | 'sync.account_replaced'
  | 'sync.purged'
  | 'record.erased'
  | 'record.erasure_lifted'
  | 'record.exported'
  | 'user.erased'
  | 'user.exported'
  | 'tenant.erasure_begun'
  | 'tenant.erased'
  | 'tenant.exported'

/** Who or what caused an entry. */
export type Actor = (
  | { kind: 'user'; userId: string }
  /** `back_end`: a program of Pro+ that calls our API. `operator`: a command. `system`: the background work. */
  | { kind: 'visitor' | 'operator' | 'system' | 'back_end' }
) & {
  /** The address the request came from, where it is known. */
  ip?: string | null
}

export const actorOf = ({ id, ip = null }: Pick<User, 'id' | 'ip'>) =>
  ({ kind: 'user', userId: id, ip }) as const satisfies Actor

/** What an entry may tell beside its event and outcome; each has its words in `lib/i18n`, under `journal.fact`. */
export type JournalFact =
  // of whom, by id
  | 'userId'
  | 'role'
  // that a one-time link was shown, since nothing can be mailed
  | 'linkShown'
  // how somebody signed in
  | 'by'
  | 'identityBound'
  | 'factor'
  // which incident, by id
  | 'incident'
  // which customer, by id
  | 'tenant'
  // settings and authorizations
  | 'enabled'
  | 'clientIdChanged'
  | 'secretChanged'
  | 'clientId'
  | 'redirectUri'
  | 'knownState'
  | 'candidateId'
  | 'tokenSet'
  | 'as'
  | 'account'
  | 'webhooksRemoved'
  // what the provider answered
  | 'answer'
  | 'status'
  | 'error'
  | 'hint'
  | 'requests'
  | 'attempts'
  | 'intent'
  | 'generation'
  | 'newer'
  | 'lifetimeMs'
  | TestedRead
  | 'provider'
  | 'kind'
  // copies of lists
  | 'list'
  | 'decision'
  // the guide
  | 'step'
  // keys of back ends
  | 'prefix'
  | 'scopes'
  | 'count'
  // keys of the vault
  | 'keyId'
  | 'values'
  // exports
  | 'show'
  | 'outcome'
  | 'from'
  | 'to'
  | 'rows'

/** Facts that help support; never a secret, never a typed value, never data of the provider beyond the account. */
export type JournalDetail = { [fact in JournalFact]?: string | number | boolean | null }

export interface JournalEntry {
  at: Date
  tenantId: TenantId | null
  connectionId: string | null
  actor: Actor
  event: JournalEvent
  outcome: 'ok' | FailureCode
  detail: JournalDetail
}

/** An entry that says only what its event needs: what it came to, about no connection, with no further facts. */
export const journalEntry = (
  entry: Pick<JournalEntry, 'at' | 'tenantId' | 'actor' | 'event'> & Partial<JournalEntry>,
): JournalEntry => {
  const { outcome = 'ok' } = entry
  return { connectionId: null, detail: {}, ...entry, outcome: outcomeOf({ event: entry.event, outcome }) }
}
