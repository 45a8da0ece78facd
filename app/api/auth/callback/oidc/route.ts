import { routeHandlers } from '#lib/server/api-route.ts'
import { receiveOidc, tellOidcFailure } from '#lib/server/oidc-return.ts'

/** Where the company's OpenID provider returns to. */
export const { GET, HEAD, POST, PUT, PATCH, DELETE, OPTIONS } = routeHandlers(
  '/api/auth/callback/oidc',
  { GET: receiveOidc },
  tellOidcFailure,
)
