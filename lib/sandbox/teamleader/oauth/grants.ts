import { type Grant, type State, switchesFor } from '#lib/sandbox/state.ts'
import { connectionOf, type Integration, type User } from '../integration.ts'
import { OAuthRefusal } from './oauth-error.ts'
import { mintAccessToken, mintCode, mintRefreshToken } from './opaque-token.ts'
import { checkVerifier } from './pkce.ts'

export type TokenPair = { token_type: 'Bearer'; expires_in: number; access_token: string; refresh_token: string }

/** The user said yes: a code for this client and this redirect URI, good once. */
export function issueCode(
  state: State,
  client: Integration,
  user: User,
  redirectUri: string,
  challenge?: string,
): string {
  const { new_grant_revokes_old, code_ttl_s } = switchesFor(state, client.clientId)
  const connection = connectionOf(client.clientId, user)
  if (new_grant_revokes_old) revokeGrants(state, (older) => older.connection === connection && older.user === user)
  const code = mintCode()
  const grant: Grant = { client, user, connection, revoked: false }
  const expiresAt = state.clock.now() + code_ttl_s * 1000
  state.codes.set(code, { grant, redirectUri, expiresAt, used: false, challenge })
  return code
}

/** Checks in the library's order: expired, used, foreign, redirect URI, PKCE; a refused code stays as it was. */
export function exchangeCode(state: State, client: Integration, params: Record<string, string>): TokenPair {
  if (!params.code) throw new OAuthRefusal('parameterMissing', 'code')
  const code = state.codes.get(params.code)
  if (!code) throw new OAuthRefusal('codeUnreadable')
  if (state.clock.now() > code.expiresAt) throw new OAuthRefusal('codeExpired')
  if (code.used || code.grant.revoked) throw new OAuthRefusal('codeRevoked')
  if (code.grant.client.clientId !== client.clientId) throw new OAuthRefusal('codeOfAnotherClient')
  if (!params.redirect_uri) throw new OAuthRefusal('parameterMissing', 'redirect_uri')
  if (params.redirect_uri !== code.redirectUri) throw new OAuthRefusal('redirectUriDiffers')
  checkVerifier(code, params.code_verifier, switchesFor(state, client.clientId).league)
  refuseScope(params)
  const pair = issuePair(state, code.grant)
  code.used = true
  return pair
}

/** Spends the refresh token and issues a new pair; a token spent within the grace still gets one. */
export function refreshPair(
  state: State,
  client: Integration,
  params: Record<string, string>,
  keepRefreshToken: boolean,
): TokenPair {
  if (!params.refresh_token) throw new OAuthRefusal('parameterMissing', 'refresh_token')
  const old = state.refreshTokens.get(params.refresh_token)
  if (!old) throw new OAuthRefusal('refreshTokenUnreadable')
  if (old.grant.client.clientId !== client.clientId) throw new OAuthRefusal('refreshTokenOfAnotherClient')
  const now = state.clock.now()
  const { grace_ms, no_rotation, old_access_token_survives } = switchesFor(state, client.clientId)
  if (now > old.expiresAt) throw new OAuthRefusal('refreshTokenExpired')
  const spent = old.spentAt !== null && now >= old.spentAt + grace_ms
  if (spent || old.grant.revoked) throw new OAuthRefusal('refreshTokenRevoked')
  refuseScope(params)
  const oldAccess = state.accessTokens.get(old.accessToken)
  if (oldAccess && !old_access_token_survives) oldAccess.revoked = true
  if (keepRefreshToken || no_rotation) return issuePair(state, old.grant, params.refresh_token)
  old.spentAt ??= now
  return issuePair(state, old.grant)
}

/** There is no revoke endpoint: this is the user who removes the integration from the account. */
export function revokeGrants(state: State, matches: (grant: Grant) => boolean): void {
  for (const records of [state.codes, state.refreshTokens, state.accessTokens]) {
    for (const { grant } of records.values()) if (matches(grant)) grant.revoked = true
  }
}

/** Scopes are chosen on the integration; a request that names any is refused. */
function refuseScope({ scope }: Record<string, string>): void {
  if (scope !== undefined) throw new OAuthRefusal('scopeInvalid', scope.split(' ')[0])
}

function issuePair(state: State, grant: Grant, refreshToken = mintRefreshToken()): TokenPair {
  const { access_ttl_s, refresh_ttl_s } = switchesFor(state, grant.client.clientId)
  const now = state.clock.now()
  const expiresAt = now + access_ttl_s * 1000
  const accessToken = mintAccessToken(grant.client, grant.user, now, expiresAt)
  state.accessTokens.set(accessToken, { grant, expiresAt, revoked: false })
  const refreshExpiresAt = refresh_ttl_s === null ? Number.POSITIVE_INFINITY : now + refresh_ttl_s * 1000
  state.refreshTokens.set(refreshToken, { grant, expiresAt: refreshExpiresAt, spentAt: null, accessToken })
  return { token_type: 'Bearer', expires_in: access_ttl_s, access_token: accessToken, refresh_token: refreshToken }
}
