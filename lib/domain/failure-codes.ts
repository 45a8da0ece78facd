/** The field of the form that a failure is shown at. */
export type Field =
  | 'clientId'
  | 'clientSecret'
  | 'authCode'
  | 'redirectUri'
  | 'target'
  | 'apiGroup'
  | 'apiSecret'
  | 'email'
  | 'password'
  | 'passwordAgain'
  | 'currentPassword'
  | 'confirmPassword'
  | 'code'
  | 'name'
  | 'role'
  | 'ref'
  | 'integrationName'
  | 'shortDescription'
  | 'recordId'
  | 'scopes'
  | 'note'

/** The one button that does the fix. */
export type Remedy =
  | 'connect'
  | 'save'
  | 'wait'
  | 'resume'
  | 'test'
  | 'identify'
  | 'skip_identity'
  | 'sign_in'
  | 'sign_in_as_other'
  | 'finish'
  | 'reload'
  | 'home'

interface FailureSpec {
  field?: Field
  remedy: Remedy
}

/**
 * Every failure a person can meet, where it is shown and what repairs it.
 * Its words are `failures.<code>.{cause,fix,action}` in `lib/i18n`.
 */
export const failures = {
  // typed into a provider's form
  client_id_missing: { field: 'clientId', remedy: 'save' },
  client_id_length: { field: 'clientId', remedy: 'save' },
  client_id_example: { field: 'clientId', remedy: 'save' },
  client_secret_missing: { field: 'clientSecret', remedy: 'save' },
  client_secret_length: { field: 'clientSecret', remedy: 'save' },
  client_id_malformed: { field: 'clientId', remedy: 'save' },
  client_secret_malformed: { field: 'clientSecret', remedy: 'save' },
  target_missing: { field: 'target', remedy: 'save' },
  target_malformed: { field: 'target', remedy: 'save' },
  api_group_missing: { field: 'apiGroup', remedy: 'save' },
  api_group_malformed: { field: 'apiGroup', remedy: 'save' },
  api_secret_missing: { field: 'apiSecret', remedy: 'save' },
  api_secret_malformed: { field: 'apiSecret', remedy: 'save' },
  code_malformed: { field: 'authCode', remedy: 'connect' },
  edited_elsewhere: { remedy: 'reload' },
  record_unknown: { remedy: 'reload' },
  record_not_erased: { field: 'recordId', remedy: 'save' },
  // typed into the guide
  integration_name_length: { field: 'integrationName', remedy: 'save' },
  short_description_length: { field: 'shortDescription', remedy: 'save' },
  // the return from the consent page
  access_denied: { remedy: 'connect' },
  authorization_error: { remedy: 'connect' },
  parameters_malformed: { remedy: 'connect' },
  state_unknown: { remedy: 'connect' },
  state_expired: { remedy: 'connect' },
  state_replayed: { remedy: 'connect' },
  state_foreign: { remedy: 'connect' },
  other_user: { remedy: 'sign_in_as_other' },
  not_admin: { remedy: 'sign_in_as_other' },
  departure_lost: { remedy: 'connect' },
  nothing_parked: { remedy: 'connect' },
  never_returned: { field: 'redirectUri', remedy: 'connect' },
  exchange_under_way: { remedy: 'reload' },
  exchange_done: { remedy: 'home' },
  // what the token endpoint answers to a code
  code_expired: { field: 'authCode', remedy: 'connect' },
  code_used: { field: 'authCode', remedy: 'connect' },
  code_unreadable: { field: 'authCode', remedy: 'connect' },
  code_of_other_client: { field: 'clientId', remedy: 'connect' },
  code_refused: { field: 'authCode', remedy: 'connect' },
  redirect_uri_refused: { field: 'redirectUri', remedy: 'connect' },
  invalid_client: { field: 'clientSecret', remedy: 'save' },
  target_refused: { field: 'target', remedy: 'save' },
  keys_refused: { field: 'apiSecret', remedy: 'save' },
  request_refused: { remedy: 'connect' },
  response_lost: { remedy: 'connect' },
  provider_unavailable: { remedy: 'connect' },
  provider_throttled: { remedy: 'connect' },
  exchange_interrupted: { remedy: 'connect' },
  // what keeps a connection from living on
  provider_configuration: { remedy: 'wait' },
  revoked: { remedy: 'connect' },
  lost_response: { remedy: 'connect' },
  renewal_delayed: { remedy: 'test' },
  access_refused: { remedy: 'connect' },
  not_connected: { remedy: 'connect' },
  reconnect_required: { remedy: 'connect' },
  connection_disabled: { remedy: 'resume' },
  misconfigured: { field: 'clientSecret', remedy: 'save' },
  // what a test read met
  read_forbidden: { remedy: 'test' },
  read_expired: { remedy: 'test' },
  target_unknown: { field: 'target', remedy: 'save' },
  read_failed: { remedy: 'test' },
  // what the copying of a list met
  filter_ignored: { remedy: 'wait' },
  fields_hidden: { remedy: 'wait' },
  // whose account it is
  identity_unknown: { remedy: 'identify' },
  identity_unverified: { remedy: 'skip_identity' },
  identity_refused: { remedy: 'skip_identity' },
  identity_unprovable: { remedy: 'connect' },
  identity_token_refused: { remedy: 'connect' },
  candidate_replaced: { remedy: 'reload' },
  candidate_gone: { remedy: 'connect' },
  // what the vault cannot open
  secret_unreadable: { field: 'clientSecret', remedy: 'save' },
  // keys of the API
  program_name_missing: { field: 'name', remedy: 'save' },
  scopes_missing: { field: 'scopes', remedy: 'save' },
  // signing in
  credentials_wrong: { field: 'password', remedy: 'sign_in' },
  too_many_attempts: { field: 'password', remedy: 'wait' },
  password_sign_in_off: { remedy: 'sign_in' },
  oidc_user_unknown: { remedy: 'sign_in' },
  oidc_email_unverified: { remedy: 'sign_in' },
  oidc_user_disabled: { remedy: 'sign_in' },
  oidc_other_identity: { remedy: 'sign_in' },
  oidc_refused: { remedy: 'sign_in' },
  oidc_interrupted: { remedy: 'sign_in' },
  oidc_unavailable: { remedy: 'sign_in' },
  oidc_misconfigured: { remedy: 'sign_in' },
  email_malformed: { field: 'email', remedy: 'save' },
  name_missing: { field: 'name', remedy: 'save' },
  password_too_short: { field: 'password', remedy: 'save' },
  password_too_long: { field: 'password', remedy: 'save' },
  password_weak: { field: 'password', remedy: 'save' },
  passwords_differ: { field: 'passwordAgain', remedy: 'save' },
  current_password_wrong: { field: 'currentPassword', remedy: 'save' },
  confirmation_needed: { field: 'confirmPassword', remedy: 'save' },
  confirmation_wrong: { field: 'confirmPassword', remedy: 'save' },
  code_wrong: { field: 'code', remedy: 'sign_in' },
  recovery_code_wrong: { field: 'code', remedy: 'sign_in' },
  passkey_refused: { remedy: 'sign_in' },
  factor_required: { remedy: 'reload' },
  email_taken: { field: 'email', remedy: 'save' },
  link_dead: { remedy: 'sign_in' },
  link_used: { remedy: 'sign_in' },
  link_expired: { remedy: 'sign_in' },
  account_exists: { remedy: 'sign_in' },
  requests_throttled: { field: 'email', remedy: 'wait' },
  // the users of a tenant
  person_name_missing: { field: 'name', remedy: 'save' },
  role_missing: { field: 'role', remedy: 'save' },
  user_known: { field: 'email', remedy: 'save' },
  user_changed: { remedy: 'reload' },
  last_admin: { remedy: 'reload' },
  last_supporter: { remedy: 'reload' },
  invitation_unsent: { remedy: 'wait' },
  // what support begins for a tenant
  tenant_name_missing: { field: 'name', remedy: 'save' },
  ref_malformed: { field: 'ref', remedy: 'save' },
  ref_taken: { field: 'ref', remedy: 'save' },
  had_admin: { remedy: 'reload' },
  // what support does with a tenant as a whole
  tenant_changed: { remedy: 'reload' },
  tenant_archived: { remedy: 'reload' },
  export_missing: { remedy: 'reload' },
  tenant_name_differs: { field: 'name', remedy: 'save' },
  note_malformed: { field: 'note', remedy: 'save' },
  note_changed: { remedy: 'reload' },
  first_admin_unsent: { remedy: 'wait' },
  session_ended: { remedy: 'sign_in' },
  // what is said outside
  mail_failed: { remedy: 'wait' },
  mails_throttled: { remedy: 'wait' },
  mail_missing: { remedy: 'reload' },
  nobody_to_ask: { remedy: 'reload' },
  delivery_gone: { remedy: 'reload' },
  delivery_failed: { remedy: 'wait' },
  // the app itself
  foreign_origin: { remedy: 'reload' },
  body_too_large: { remedy: 'reload' },
  page_refused: { remedy: 'home' },
  api_key_refused: { remedy: 'home' },
  storage_unavailable: { remedy: 'reload' },
  unexpected: { remedy: 'reload' },
} as const satisfies Record<string, FailureSpec>

export type FailureCode = keyof typeof failures

export const isFailureCode = (text: string): text is FailureCode => Object.hasOwn(failures, text)

export const fieldOf = (code: FailureCode): Field | null => (failures[code] as FailureSpec).field ?? null

export const remedyOf = (code: FailureCode): Remedy => failures[code].remedy
