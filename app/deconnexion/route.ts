import { signOut } from '#lib/server/auth/sign-out.ts'
import { refusalPage } from '#lib/server/http/error-page.ts'
import { routeHandlers } from '#lib/server/http/route-handler.ts'

/** A real navigation, unlike an action: the document that shows colleagues' addresses is gone with it. */
export const { GET, HEAD, POST, PUT, PATCH, DELETE, OPTIONS } = routeHandlers(
  '/deconnexion',
  { POST: signOut },
  (status, code) => refusalPage(status, code, '/'),
)
