import 'server-only'
import NextAuth from 'next-auth'
import type { Failure } from '#lib/domain/failure.ts'
import { problemResponse } from './api-route.ts'
import { authOptions } from './auth-options.ts'
import { clientAddress } from './client-address.ts'
import { container } from './container.ts'
import { requireOwnOrigin } from './origin.ts'

interface Context {
  params: Promise<{ nextauth: string[] }>
}

type Handler = (request: Request, context: Context) => Promise<Response>

/** next-auth, composed at the first request so that a build needs no secret. */
export const answerAuth: Handler = async (request, context) => {
  const composed = await container()
  if (request.method === 'POST') requireOwnOrigin(request.headers, composed.publicUrl)
  const refusals: Failure[] = []
  const from = clientAddress(request.headers, composed.env.trustedProxyHops)
  const handler = NextAuth(authOptions(composed, (failure) => refusals.push(failure), from)) as Handler
  const response = await handler(request, context)
  const [refusal] = refusals
  return refusal ? problemResponse(refusal) : response
}
