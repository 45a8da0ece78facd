import 'server-only'
import NextAuth from 'next-auth'
import { container } from '#lib/composition/container.ts'
import { problemResponse } from '#lib/composition/problem.ts'
import type { Failure } from '#lib/domain/failure.ts'
import { knownBrowser } from '../cookies/known-browser.ts'
import { requireOwnOrigin } from '../http/origin.ts'
import { requestClient } from '../http/request-ip.ts'
import { authOptions, type Ended } from './auth-options.ts'

interface Context {
  params: Promise<{ nextauth: string[] }>
}

type Handler = (request: Request, context: Context) => Promise<Response>

/**
 * next-auth, composed at each request so that a build needs no secret.
 *
 * @param steps what its address names after `/api/auth/`
 */
const askNextAuth = async (request: Request, steps: string[], ended: Ended): Promise<Response> => {
  const options = authOptions(await container(), ended, await requestClient(), await knownBrowser())
  const handler = NextAuth(options) as Handler
  return handler(request, { params: Promise.resolve({ nextauth: steps }) })
}

/** What next-auth has no answer to but 500: it shows errors on our page, and takes a password by POST alone. */
const isMisused = (method: string, [step, provider]: string[]) =>
  method === 'GET' && (step === 'error' || (step === 'callback' && provider === 'credentials'))

/** next-auth fails at a body that it cannot read. */
const isReadable = async (request: Request) => {
  if (request.method !== 'POST') return true
  const text = await request.clone().text()
  const isJson = request.headers.get('content-type')?.includes('application/json')
  try {
    const body: unknown = isJson ? JSON.parse(text) : {}
    return typeof body === 'object' && body !== null
  } catch {
    return false
  }
}

export const answerAuth: Handler = async (request, { params }) => {
  if (!(await isReadable(request))) return new Response(null, { status: 400 })
  const { publicUrl } = await container()
  const { nextauth } = await params
  if (isMisused(request.method, nextauth)) return new Response(null, { status: 404 })
  if (request.method === 'POST') requireOwnOrigin(request.headers, publicUrl)
  const refusals: Failure[] = []
  const response = await askNextAuth(request, nextauth, { onRefused: (failure) => refusals.push(failure) })
  const [refusal] = refusals
  return refusal ? problemResponse(refusal) : response
}
