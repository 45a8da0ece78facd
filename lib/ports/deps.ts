import type { SignInPolicy } from '#lib/domain/accounts/sign-in-policy.ts'
import type { User } from '#lib/domain/accounts/user.ts'
import type { KeyRefusal } from '#lib/domain/api-keys/api-key.ts'
import type { ProviderId } from '#lib/domain/connections/provider.ts'
import type { FailureCode } from '#lib/domain/failure-codes.ts'
import type { Mail, RenderedMail } from '#lib/domain/notifications/mail.ts'
import type {
  AccountStore,
  InvitationStore,
  OidcProvider,
  ProfileStore,
  SessionStore,
  TenantUserStore,
} from './accounts.ts'
import type { ApiKeyStore } from './api-keys.ts'
import type { AuthorizationStore } from './authorization.ts'
import type { GuideStore, ProviderApi } from './connections.ts'
import type { FactorStore, TotpCodes, WebAuthn } from './factors.ts'
import type { JournalStore, RetentionStore } from './journal.ts'
import type { DeliveryStore, IncidentStore, Mailer, WebhookReceiver } from './notifications.ts'
import type { FleetStore, Meter, RestoreStore, SealContext, SealedValueStore, VaultKeyStore } from './operations.ts'
import type { ErasedIdStore, PersonalDataStore } from './privacy.ts'
import type { ProviderWebhookStore } from './provider-webhooks.ts'
import type { RateBudgetStore } from './rate-budget.ts'
import type { ConsoleStore, TenantStore } from './support.ts'
import type { RecordStore } from './sync/records.ts'
import type { SyncStore } from './sync.ts'
import type { OutageStore, TokenStore } from './tokens.ts'

/** A file within a zip, its text piece by piece. */
export interface ZippedFile {
  name: string
  text: AsyncIterable<string>
}

export interface Vault {
  /** The id of the key that seals from now on. */
  readonly currentKeyId: string
  readonly keyIds: readonly string[]
  seal(plaintext: string, context: SealContext, keyId?: string): Promise<string>
  /** @returns null when it does not open in this context (altered, moved, another key under the same id). @throws Failure `storage_unavailable` when its key id is not known here (yet). */
  open(sealed: string, context: SealContext): Promise<string | null>
}

export interface Clock {
  now(): Date
}

export interface Random {
  uuid(): string
  /** 256 random bits as base64url. */
  secret(): string
  /** Evenly between 0 and 1: jitter, nothing secret. */
  jitter(): number
  /** SHA-256 as hex. */
  hash(text: string): string
  /** HMAC-SHA-256 as hex (RFC 2104). */
  hmac(key: string, text: string): string
}

export interface Passwords {
  hash(password: string): Promise<string>
  /** Takes the same time for a null hash (unknown user) as for a wrong password. */
  verify(hash: string | null, password: string): Promise<boolean>
  /** Whether a hash was made at lower costs than today's. */
  isOutdated(hash: string): boolean
  /** Whether a password is easily guessed by somebody who knows these names. */
  isGuessable(password: string, names: readonly string[]): Promise<boolean>
}

export interface RateLimitStore {
  /** @returns null when the event was taken, else the milliseconds until one more would be. */
  take(bucket: string, limit: number, windowMs: number, now: Date): Promise<number | null>
  /** Counts an event that is never refused. @returns whether more than `limit` were counted within the window. */
  record(bucket: string, limit: number, windowMs: number, now: Date): Promise<boolean>
  /** Takes one event of each bucket back: those of one bucket are worth the same. */
  giveBack(buckets: readonly string[]): Promise<void>
}

/** What this process knows of its database. */
export interface StorageHealth {
  /** Something was not stored or read, and no probe has succeeded since. */
  isFailing(): boolean
  /** Milliseconds since the database answers without fail, as far as this process has seen: since its start at most. */
  healthyForMs(): number
  /**
   * Finds out whether new tokens could be stored: there is room for them, and after a failure a write succeeds.
   *
   * @throws Failure `storage_unavailable`
   */
  probe(): Promise<void>
}

export interface Store {
  accounts: AccountStore
  sessions: SessionStore
  profiles: ProfileStore
  factors: FactorStore
  tenants: TenantStore
  tenantUsers: TenantUserStore
  invitations: InvitationStore
  authorizations: AuthorizationStore
  rateLimit: RateLimitStore
  journal: JournalStore
  retention: RetentionStore
  vaultKeys: VaultKeyStore
  sealedValues: SealedValueStore
  tokens: TokenStore
  outages: OutageStore
  incidents: IncidentStore
  deliveries: DeliveryStore
  apiKeys: ApiKeyStore
  guide: GuideStore
  console: ConsoleStore
  restores: RestoreStore
  fleet: FleetStore
  rateBudgets: RateBudgetStore
  webhooks: ProviderWebhookStore
  sync: SyncStore
  records: RecordStore
  erasedIds: ErasedIdStore
  personalData: PersonalDataStore
  /** @throws when the database does not answer or its migrations are not current. */
  ready(): Promise<void>
  health: StorageHealth
  close(): Promise<void>
}

export interface Log {
  info(message: string, fields?: LogFields): void
  warn(message: string, fields?: LogFields): void
  error(message: string, fields?: LogFields): void
}

/** The only fields a log line may have: none of them can hold a secret or a person's data. */
export interface LogFields {
  route?: string
  method?: string
  status?: number
  durationMs?: number
  tenantId?: string
  connectionId?: string
  failure?: FailureCode
  /** Class and code of an error, never its message: messages quote values. */
  errorClass?: string
  errorCode?: string
  /** A fixed sentence for the operator. */
  advice?: string
  stack?: string
  keyId?: string
  path?: string
  /** Who was refused, by id, and where from. */
  userId?: string
  keyPrefix?: string
  keyRefusal?: KeyRefusal
  ip?: string
  port?: number
}

export interface Deps {
  store: Store
  providers: Record<ProviderId, ProviderApi>
  /** Days that the journal is kept; 0 keeps it for good. */
  journalRetentionDays: number
  /** Origin of this app, without a slash at the end: the redirect URIs are built from it. */
  publicUrl: string
  vault: Vault
  clock: Clock
  /** Milliseconds that no clock change moves: for deadlines within this process. */
  monotonicMs(): number
  random: Random
  passwords: Passwords
  signInPolicy: SignInPolicy
  totp: TotpCodes
  webAuthn: WebAuthn
  /** Null where the company has none. */
  oidc: OidcProvider | null
  mailer: Mailer
  /** In the language of who reads it, and on their clock. */
  renderMail(mail: Mail, reader: Pick<User, 'locale' | 'timeZone'>): RenderedMail
  /** Null where no back end is to be told. */
  webhook: WebhookReceiver | null
  /** One file of these, as they are taken. */
  zip(files: AsyncIterable<ZippedFile>): AsyncIterable<Uint8Array>
  log: Log
  meter: Meter
}
