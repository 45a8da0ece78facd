import { receiveOidc, redirectOidcFailure } from '#lib/server/auth/oidc/oidc-callback.ts'
import { routeHandlers } from '#lib/server/http/route-handler.ts'

/** Where the company's OpenID provider returns to. */
export const { GET, HEAD, POST, PUT, PATCH, DELETE, OPTIONS } = routeHandlers(
  '/api/auth/callback/oidc',
  { GET: receiveOidc },
  redirectOidcFailure,
)
