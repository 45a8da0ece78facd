import { answerAuth } from '#lib/server/auth/auth-handler.ts'
import { routeHandlers } from '#lib/server/http/route-handler.ts'

export const { GET, HEAD, POST, PUT, PATCH, DELETE, OPTIONS } = routeHandlers('/api/auth/[...nextauth]', {
  GET: answerAuth,
  POST: answerAuth,
})
