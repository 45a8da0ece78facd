import 'server-only'
import { container } from '#lib/composition/container.ts'
import { requireOwnOrigin } from '../http/origin.ts'
import { endSession } from './session.ts'

/**
 * Ends the session, and what this browser has kept of its pages: the back button shows the sign-in.
 *
 * @see https://www.w3.org/TR/clear-site-data/
 * @throws Failure `foreign_origin`
 */
export const signOut = async (request: Request): Promise<Response> => {
  const { publicUrl } = await container()
  requireOwnOrigin(request.headers, publicUrl)
  await endSession()
  return new Response(null, {
    status: 303,
    headers: {
      location: `${publicUrl}/connexion`,
      'clear-site-data': '"cache", "storage"',
      'cache-control': 'no-store',
    },
  })
}
