import type { TenantId } from '#lib/domain/accounts/tenant.ts'
import type { Identity } from '#lib/domain/connections/account.ts'
import type { TestedRead } from '#lib/domain/connections/connection-test.ts'
import type { SharedClient } from '#lib/domain/connections/operator-client.ts'
import type { ProviderId, RefreshPolicy } from '#lib/domain/connections/provider.ts'
import type { SettingsRules } from '#lib/domain/connections/settings.ts'
import type { FailureCode } from '#lib/domain/failure-codes.ts'
import type { GuideMark } from '#lib/domain/guide/guide.ts'
import type { JournalEntry } from '#lib/domain/journal/journal-entry.ts'
import type { TokenEvidence } from '#lib/domain/tokens/token-response.ts'
import type { WebhookApi } from './provider-webhooks.ts'
import type { LimitEvidence } from './rate-budget.ts'
import type { ReadList } from './sync.ts'

export interface CodeExchange {
  clientIdentifier: string
  clientSecret: string
  code: string
  redirectUri: string
  /** Of the challenge that was sent (RFC 7636 section 4.5); null where none was. */
  codeVerifier: string | null
}

export interface RefreshRequest {
  clientId: string
  clientSecret: string
  /** Empty where the grant has none. */
  refreshToken: string
  target: string | null
}

interface Provider {
  settings: SettingsRules
  /** The version of the API that is spoken, as customers know it. */
  apiVersion: string
  /** What « Tester la connexion » reads. */
  reads: readonly TestedRead[]
  /** The older provider that this one replaces as soon as it works. */
  supersedes: ProviderId | null
}

export type TokenReply = TokenEvidence & {
  /** Milliseconds since the provider answered, as far as that is known. */
  ageMs: number
}

/** What came of one read: null when it answered. */
export type ReadAnswer = LimitEvidence & { failure: FailureCode | null }

/** A back end's own call of a provider, as it came. */
export interface ForwardedCall {
  method: string
  /** Below the provider's API base, checked by `allowsPath`. */
  path: string
  /** With its question mark, or empty. */
  query: string
  headers: Record<string, string>
  /** Whole, so that it can be sent again. */
  body: Uint8Array | null
  /** Ends the call: it took too long, or nobody waits for it any more. */
  signal: AbortSignal
}

/** What came of it: the body still streams. */
export type ForwardedAnswer = LimitEvidence &
  (
    | { kind: 'answer'; status: number; headers: Record<string, string>; body: ReadableStream<Uint8Array> | null }
    | { kind: 'redirect' }
    | { kind: 'no_answer' }
  )

export interface TokenProvider extends Provider {
  refreshPolicy: RefreshPolicy
  /** Asks for new tokens (RFC 6749 sections 4.4.2 and 6). Never throws for what the provider does. */
  refresh(request: RefreshRequest): Promise<TokenReply>
  /** Null for one that tells nothing by itself. */
  webhooks: WebhookApi | null
  /** How many calls it answers in a sliding minute, to one client in one account; refused ones count too. */
  callsPerMinute: number
  /** One row of a read. `deadlineMs` bounds the whole call. */
  testRead(read: TestedRead, accessToken: string, deadlineMs: number): Promise<ReadAnswer>
  /** Whether a back end may call this path through us: it cannot leave the API. */
  allowsPath(path: string): boolean
  /** What calls of a path are counted as: a name of few, whatever is called. */
  operationOf(path: string): string
  /** Sends a call on with a token. Never throws for what the provider does, follows no redirect. */
  forward(call: ForwardedCall, accessToken: string): Promise<ForwardedAnswer>
  /** A page of a list that is copied here. */
  readList: ReadList
}

/** A person consents on the provider's own page. */
export interface ConsentProvider extends TokenProvider {
  grant: 'authorization_code'
  /** The operator's own: the first serves new authorizations, the others refresh what they minted. */
  sharedClients: readonly SharedClient[]
  /** Whether a code challenge goes along (RFC 7636). */
  pkce: boolean
  /** What its authorization responses name as `iss` (RFC 9207); null where they name nothing. */
  issuer: string | null
  /** The consent page, RFC 6749 section 4.1.1. */
  authorizeUrl(request: {
    clientId: string
    redirectUri: string
    state: string
    codeVerifier: string | null
  }): Promise<string>
  /** Exchanges an authorization code (RFC 6749 section 4.1.3). Never throws for what the provider does. */
  exchange(request: CodeExchange): Promise<TokenReply>
  /** Whose account it is. */
  identify(accessToken: string, deadlineMs: number): Promise<LimitEvidence & { identity: Identity }>
}

/** The client's own credentials are all that is asked for. */
export interface ClientCredentialsProvider extends TokenProvider {
  grant: 'client_credentials'
}

/** Keys go along with every call: there are no tokens. */
export interface KeyProvider extends Provider {
  grant: 'keys'
  /** @returns with why it failed, the HTTP status that was answered, if any */
  testRead(
    read: TestedRead,
    keys: { identifier: string; secret: string },
    deadlineMs: number,
  ): Promise<{ failure: FailureCode | null; status: number | null }>
}

export type ProviderApi = ConsentProvider | ClientCredentialsProvider | KeyProvider

/** Which steps of the guide to a connection a tenant has behind it. */
export interface GuideStore {
  marks(tenantId: TenantId): Promise<GuideMark[]>
  /** Keeps a step as done, or its newer choice. @returns false, with nothing written, when that is so already. */
  mark(tenantId: TenantId, mark: GuideMark, entry: JournalEntry): Promise<boolean>
}
