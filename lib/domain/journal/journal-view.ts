import type { TenantId } from '../accounts/tenant.ts'
import type { Role } from '../accounts/user.ts'
import type { ProviderId } from '../connections/provider.ts'
import type { FailureCode } from '../failure-codes.ts'
import type { Actor, JournalDetail } from './journal-entry.ts'
import type { JournalEvent } from './journal-event.ts'

/** What a reader of the journal chooses from. */
export const journalKinds = [
  'sign_ins',
  'settings',
  'authorizations',
  'connection',
  'renewals',
  'sync',
  'alerts',
  'users',
  'keys',
  'exports',
] as const
export type JournalKind = (typeof journalKinds)[number]

const kindOf: Record<JournalEvent, JournalKind> = {
  'tenant.created': 'settings',
  'tenant.renamed': 'settings',
  'tenant.archived': 'settings',
  'tenant.unarchived': 'settings',
  'user.created': 'users',
  'user.invited': 'users',
  'user.uninvited': 'users',
  'user.activated': 'users',
  'user.role_changed': 'users',
  'user.deactivated': 'users',
  'user.reactivated': 'users',
  'user.unbound': 'users',
  'user.profile_changed': 'users',
  'email.requested': 'users',
  'email.changed': 'users',
  'email.released': 'users',
  'password.requested': 'users',
  'password.changed': 'users',
  'session.opened': 'sign_ins',
  'session.refused': 'sign_ins',
  'session.ended': 'sign_ins',
  'factor.used': 'sign_ins',
  'factor.refused': 'sign_ins',
  'factor.added': 'users',
  'factor.removed': 'users',
  'factor.reset': 'users',
  'access.refused': 'sign_ins',
  'settings.saved': 'settings',
  'guide.step_done': 'settings',
  'keys.rotated': 'settings',
  'keys.forgotten': 'settings',
  'authorization.departed': 'authorizations',
  'authorization.parked': 'authorizations',
  'authorization.refused': 'authorizations',
  'authorization.exchanged': 'authorizations',
  'candidate.forgotten': 'authorizations',
  'identity.read': 'authorizations',
  'identity.failed': 'authorizations',
  'connection.promoted': 'connection',
  'connection.superseded': 'connection',
  'connection.disconnected': 'connection',
  'connection.tested': 'connection',
  'connection.retried': 'connection',
  'connection.quarantined': 'connection',
  'connection.resumed': 'connection',
  'connection.reconnect_asked': 'connection',
  'connection.upgrade_asked': 'connection',
  'calls.refused': 'connection',
  'webhooks.registered': 'connection',
  'webhooks.forbidden': 'connection',
  'outage.opened': 'connection',
  'outage.closed': 'connection',
  'token.refreshed': 'renewals',
  'token.recovered': 'renewals',
  'token.refused': 'renewals',
  'token.failed': 'renewals',
  'token.dropped': 'renewals',
  'token.reported': 'renewals',
  'sync.requested': 'sync',
  'sync.stopped': 'sync',
  'sync.completed': 'sync',
  'sync.deletion_held': 'sync',
  'sync.deletion_answered': 'sync',
  'sync.account_replaced': 'sync',
  'sync.purged': 'sync',
  'record.erased': 'sync',
  'record.erasure_lifted': 'sync',
  'record.exported': 'exports',
  'user.erased': 'users',
  'user.exported': 'exports',
  'tenant.erasure_begun': 'settings',
  'tenant.erased': 'settings',
  'tenant.exported': 'exports',
  'incident.opened': 'alerts',
  'incident.closed': 'alerts',
  'incident.noted': 'alerts',
  'incident.note_removed': 'alerts',
  'alert.sent': 'alerts',
  'recovery.sent': 'alerts',
  'reconnect_request.sent': 'alerts',
  'upgrade_request.sent': 'alerts',
  'deletion_question.sent': 'alerts',
  'key_ending.sent': 'alerts',
  'digest.sent': 'alerts',
  'delivery.given_up': 'alerts',
  'delivery.overtaken': 'alerts',
  'delivery.replayed': 'alerts',
  'api_key.created': 'keys',
  'api_key.revoked': 'keys',
  'api_key.used': 'keys',
  'api_key.refused': 'keys',
  'journal.exported': 'exports',
  'list.exported': 'exports',
  'console.exported': 'exports',
  'database.backed_up': 'exports',
  'database.moved': 'exports',
}

export const eventsOfKind = (kind: JournalKind): JournalEvent[] =>
  (Object.keys(kindOf) as JournalEvent[]).filter((event) => kindOf[event] === kind)

/** What goes well by itself, hour after hour: most of a journal, and nothing to read. */
export const routine: readonly JournalEvent[] = ['token.refreshed', 'api_key.used']

/** Who may have caused an entry, beside a person of the tenant. */
export const actorGroups = ['support', 'system', 'operator', 'back_end', 'visitor'] as const
type ActorGroup = (typeof actorGroups)[number]
export type JournalActor = { userId: string } | { group: ActorGroup }

/** What a word that was typed may stand for in an entry: any of these. */
export interface JournalTerm {
  events: readonly JournalEvent[]
  outcomes: readonly FailureCode[]
  /** Whatever failed. */
  failed: boolean
  actors: readonly ActorGroup[]
  /** Who did it, or of whom it tells, by id. */
  people: readonly string[]
  providers: readonly ProviderId[]
  /** How a word begins that a customer is found by, where the journal of all is read; null for none. */
  tenant: string | null
  /** Part of what the details hold as it is, in small letters and digits; null where the word is no such thing. */
  fact: string | null
}

export interface JournalFilter {
  /** Null for all of them. */
  events: readonly JournalEvent[] | null
  /** Left out. */
  without: readonly JournalEvent[]
  outcome: 'ok' | 'failed' | null
  who: JournalActor | null
  /** Each of them has to be there. */
  terms: readonly JournalTerm[]
  from: Date | null
  /** The first instant that no longer belongs to the period. */
  until: Date | null
  /** Whether the addresses that requests came from are read: never for a reader. */
  addresses: boolean
}

/** What nobody narrowed. */
export const wholeJournal: JournalFilter = {
  events: null,
  without: [],
  outcome: null,
  who: null,
  terms: [],
  from: null,
  until: null,
  addresses: true,
}

/** Whether it may pass over most entries: then only a part of the journal is looked through at a time. */
export const isSelective = ({ outcome, who, terms }: JournalFilter): boolean =>
  outcome === 'failed' || who !== null || terms.length > 0

/** Whose journal is read: one tenant's, or what happened to all and to the platform itself. */
export type JournalScope = TenantId | 'all'

/** Where a page of the journal ends; the next one begins behind it. */
export interface JournalPlace {
  at: Date
  id: string
}

export interface JournalUser {
  name: string
  role: Role
}

/** An entry as it is read again. What an older version wrote may have names that are known no more. */
export interface JournalLine extends JournalPlace {
  event: string
  outcome: string
  /** Where the request came from, when that is known. */
  ip: string | null
  /** The user, while it is one of ours. */
  actor: { kind: Actor['kind']; user: JournalUser | null }
  /** Of whose connection it tells. */
  provider: ProviderId | null
  /** Whom it happened to, where the journal of all is read; null for the platform itself. */
  tenant: { id: TenantId; name: string } | null
  /** The user that `detail.userId` names. */
  about: JournalUser | null
  detail: JournalDetail
}
