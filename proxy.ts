import { randomBytes } from 'node:crypto'
import { type NextRequest, NextResponse } from 'next/server'
import { env } from '#lib/composition/env.ts'
import { clientIp } from '#lib/composition/http/client-ip.ts'
import { reportRefusal } from '#lib/composition/http/report-refusal.ts'
import { requestedPathHeader } from '#lib/server/auth/requested-path.ts'
import { foreignHostPage, refusedAhead } from '#lib/server/http/request-guard.ts'
import { securityHeaders } from '#lib/server/http/security-headers.ts'

/** Tells people and the log where Porte-clés is: a proxy that passes another host on looks like an attack. */
const refuseForeignHost = (request: NextRequest, status: number, given: Record<string, string>) => {
  const { publicUrl, trustedProxyHops } = env()
  const ip = clientIp(request.headers, trustedProxyHops)
  const advice = `Open ${publicUrl}, or set PUBLIC_URL to the address that people open.`
  reportRefusal({ method: request.method, status, advice, ip })
  const headers = { ...given, 'content-type': 'text/html; charset=utf-8', 'cache-control': 'no-store' }
  return new NextResponse(foreignHostPage(request.headers.get('accept-language'), publicUrl), { status, headers })
}

/** Headers, and no more: whoever may do something is decided where it is done. */
export const proxy = (request: NextRequest): NextResponse => {
  const publicUrl = new URL(env().publicUrl)
  const given = securityHeaders(request.nextUrl.pathname, {
    nonce: randomBytes(16).toString('base64'),
    https: publicUrl.protocol === 'https:',
    development: process.env.NODE_ENV === 'development',
  })
  const status = refusedAhead(request, publicUrl.origin)
  if (status !== null) return refuseForeignHost(request, status, given)
  const headers = new Headers(request.headers)
  // Next reads the nonce from here while it renders
  headers.set('content-security-policy', given['content-security-policy'] ?? '')
  // Next compares an action's Origin with this header, which a client could have sent
  headers.set('x-forwarded-host', publicUrl.host)
  headers.set(requestedPathHeader, request.nextUrl.pathname + request.nextUrl.search)
  const response = NextResponse.next({ request: { headers } })
  for (const [name, value] of Object.entries(given)) response.headers.set(name, value)
  return response
}

export const config = { matcher: '/((?!_next/static/).*)' }
