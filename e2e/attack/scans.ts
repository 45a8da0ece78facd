import type { Attack } from './attack.ts'
import { sendAll, statusesBelow500 } from './requests.ts'

const headers: Attack = {
  name: 'pages, errors and refusals looked at by a scanner',
  expected: 'CSP with a nonce, no framing, no sniffing, no name of the server',
  run: async (target) => {
    const answers = await sendAll(
      target,
      ['/connexion', '/nowhere', '/oauth/callback?code=a&code=b', '/api/auth/session'].map((path) => ({ path })),
    )
    const bare = answers.filter(({ headers: given }) => {
      const csp = String(given['content-security-policy'])
      return (
        !/script-src[^;]*'nonce-/.test(csp) ||
        !csp.includes("frame-ancestors 'none'") ||
        given['x-content-type-options'] !== 'nosniff' ||
        given['x-powered-by'] ||
        given.server
      )
    })
    return { ok: bare.length === 0, seen: `${answers.length - bare.length} of ${answers.length} so` }
  },
}

/** What scanners look for: sources, settings, data, folders, debuggers. */
const hidden = [
  ...['/.git/HEAD', '/.git/config', '/.env', '/.env.local', '/package.json', '/server.js', '/serve.mjs', '/admin.mjs'],
  ...[
    '/data/porte-cles.db',
    '/data/',
    '/lib/composition/env.ts',
    '/.next/',
    '/.next/BUILD_ID',
    '/_next/',
    '/_next/static/',
  ],
  ...[
    '/_next/static/../../package.json',
    '/_next/static/..%2f..%2fserver.js',
    '/__nextjs_original-stack-frame',
    '/__control',
  ],
  ...['/metrics', '/api/docs', '/api/openapi.json', '/debug', '/server-status', '/_next/static/chunks/'],
  ...['/_next/image?url=http%3A%2F%2F127.0.0.1%2F&w=64&q=75', '/_next/image?url=%2Fapi%2Fready&w=64&q=75'],
]

const files: Attack = {
  name: 'sources, settings, data, folders and debuggers that scanners look for',
  expected: 'none of them is there',
  run: async (target) => {
    const answers = await sendAll(
      target,
      hidden.map((path) => ({ path })),
    )
    const there = hidden.filter((_, at) => answers[at]?.status === 200)
    const { ok, seen } = statusesBelow500(answers)
    return { ok: ok && there.length === 0, seen: `${seen}${there.length > 0 ? `; there: ${there.join(', ')}` : ''}` }
  },
}

export const scans: Attack[] = [headers, files]
