import type { ProblemCode } from '#lib/composition/http/problem-codes.ts'

/** What to do about a problem, where its title leaves that open. */
export const advice: Partial<Record<ProblemCode, string>> = {
  host_missing: 'Send a `Host` header, as HTTP/1.1 requires.',
  method_not_allowed: '`Allow` names the methods that are.',
  tenant_missing: 'Send `Porte-Cles-Tenant` with the tenant’s id, or `ref:` and its number in Pro+.',
  unauthorized: 'Send `Authorization: Bearer pk_…`. Which of the four it is is not said.',
  scope_missing: '`WWW-Authenticate` names the scope. Make a key that has it.',
  tenant_unknown: 'A key of a tenant may name that tenant alone.',
  body_malformed: 'Compare it with the schema: unknown members are refused too.',
  parameter_malformed: 'Compare it with the table of parameters: unknown and repeated ones are refused too.',
  cursor_malformed: 'Use it where it was given: the same list, the same tenant.',
  cursor_expired:
    'Drop what you hold of this list and read it again from the beginning: what was deleted more than 90 days ago is no longer told, and another account has other records.',
  record_unknown: 'It never was in the copy, or was deleted more than 90 days ago.',
  rate_limited: 'Ask again after `Retry-After` seconds.',
  not_connected: 'The customer connects on « Clé de sécurité »; until then there is neither a token nor a copy.',
  connection_disabled:
    'The customer switches it on again. With the reason `restored`, the operator decides after a backup was restored.',
  reconnect_required: 'Only the customer can: « Reconnecter » on « Clé de sécurité ».',
  misconfigured: 'Only the customer can: Client ID or secret on « Clé de sécurité ».',
  provider_unavailable: 'Ask again after `Retry-After` seconds: the connection itself is well.',
  storage_unavailable: 'Ask again in some seconds.',
  unexpected: 'Tell the operator the `X-Request-Id` of the answer.',
}
