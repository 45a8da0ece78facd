import { routeHandlers } from '#lib/server/api-route.ts'
import { answerAuth } from '#lib/server/auth-handler.ts'

export const { GET, HEAD, POST, PUT, PATCH, DELETE, OPTIONS } = routeHandlers('/api/auth/[...nextauth]', {
  GET: answerAuth,
  POST: answerAuth,
})
