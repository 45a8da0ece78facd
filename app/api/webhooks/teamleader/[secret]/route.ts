import { routeHandlers } from '#lib/server/http/route-handler.ts'
import { answerWebhook } from '#lib/server/webhooks/answer-webhook.ts'

interface Context {
  params: Promise<{ secret: string }>
}

/** Teamleader tells what changed. */
export const { GET, HEAD, POST, PUT, PATCH, DELETE, OPTIONS } = routeHandlers<Context>(
  '/api/webhooks/teamleader/[secret]',
  { POST: async (request, { params }) => answerWebhook('teamleader', (await params).secret, request) },
)
