import type { Through } from '#lib/domain/connections/connection-view.ts'
import type { FailureCode } from '#lib/domain/failure-codes.ts'

/** Buttons outside the form belong to it by this id. */
export const formId = 'tl-group'

/** What a button that leaves for the consent page sends: with the tenant's own client, as it is typed, or with the operator's. */
export const connectIntent: Record<Through, string> = { own: 'connect', shared: 'connect_shared' }

/** What saving, connecting and exchanging can answer. */
export const settingsFailures: readonly FailureCode[] = [
  'client_id_missing',
  'client_id_malformed',
  'client_id_length',
  'client_id_example',
  'client_secret_missing',
  'client_secret_malformed',
  'client_secret_length',
  'api_group_missing',
  'api_group_malformed',
  'api_secret_missing',
  'api_secret_malformed',
  'keys_refused',
  'read_failed',
  'code_malformed',
  'edited_elsewhere',
  'code_expired',
  'code_used',
  'code_unreadable',
  'code_of_other_client',
  'code_refused',
  'redirect_uri_refused',
  'invalid_client',
  'provider_configuration',
  'request_refused',
  'response_lost',
  'provider_unavailable',
  'provider_throttled',
  'secret_unreadable',
  'state_expired',
  'state_replayed',
  'state_foreign',
  'exchange_under_way',
  'exchange_done',
  'other_user',
  'not_admin',
  'identity_token_refused',
]

/** What saving téo's three values can answer. */
export const teoFailures: readonly FailureCode[] = [
  'client_id_missing',
  'client_id_malformed',
  'client_secret_missing',
  'client_secret_malformed',
  'target_missing',
  'target_malformed',
  'edited_elsewhere',
  'not_admin',
]

/** What an answer about a candidate can meet. */
export const answerFailures: readonly FailureCode[] = [
  'candidate_gone',
  'candidate_replaced',
  'identity_unknown',
  'identity_unverified',
  'identity_refused',
  'identity_unprovable',
  'identity_token_refused',
  'provider_unavailable',
  'provider_throttled',
  'secret_unreadable',
  'not_admin',
]

/** What a test can meet before it has anything to read with. */
export const testFailures: readonly FailureCode[] = [
  'not_connected',
  'reconnect_required',
  'connection_disabled',
  'misconfigured',
  'provider_unavailable',
  'provider_throttled',
  'not_admin',
]
