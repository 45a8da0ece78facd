import type { ConnectionState } from '../connections/connection-status.ts'
import type { ProviderId } from '../connections/provider.ts'
import type { ListId } from '../sync/list.ts'
import type { Digest } from './digest.ts'

interface AboutConnection {
  link: string
  tenantName: string
  provider: ProviderId
}

/** Every mail this app sends; its words are `mail.<kind>` in `lib/i18n`. A `link` is whole, origin included. */
export type Mail =
  /** Null tenant: an invitation to the support team. */
  | { kind: 'invitation'; link: string; tenantName: string | null; days: number }
  | { kind: 'password'; link: string; minutes: number }
  | { kind: 'new_email'; link: string; hours: number }
  /** Told to whom it happened: somebody else may have done it. */
  | { kind: 'password_changed' }
  | { kind: 'email_changed'; email: string }
  | { kind: 'factor_changed'; change: 'added' | 'removed' | 'codes' }
  | (AboutConnection & { kind: 'alert'; state: ConnectionState; reason: string; since: Date; servedUntil: Date | null })
  | (AboutConnection & { kind: 'recovery'; since: Date; until: Date })
  | (AboutConnection & { kind: 'reconnect_request' })
  | { kind: 'upgrade_request'; link: string; tenantName: string }
  | (AboutConnection & { kind: 'deletion_question'; list: ListId; count: number })
  /** A key of an API of ours, which a program perhaps still uses. */
  | { kind: 'key_ending'; link: string; tenantName: string; keyName: string; prefix: string; expiresAt: Date }
  | ({ kind: 'digest'; link: string } & Digest)

export interface RenderedMail {
  subject: string
  text: string
}
