import { browserRoute } from '#lib/server/http/browser-route.ts'
import { finish } from '#lib/server/oauth/callback.ts'

/** Finishes a parked code after sign-in. */
export const { GET, HEAD, POST, PUT, PATCH, DELETE, OPTIONS } = browserRoute('/oauth/callback/suite', finish)
