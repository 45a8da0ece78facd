import './lib/commands/require-node.mjs'

import type { NextConfig } from 'next'
import createNextIntlPlugin from 'next-intl/plugin'

const config: NextConfig = {
  output: 'standalone',
  poweredByHeader: false,
  reactStrictMode: true,
  // the title stands in the head of every answer: streamed after it, a page has none for a moment
  htmlLimitedBots: /.*/,
  serverExternalPackages: ['better-sqlite3', 'pg', '@node-rs/argon2', 'pino'],
  outputFileTracingIncludes: { '/**': ['./drizzle/migrations/**'] },
  // addresses can hold a code or a one-time token
  logging: { incomingRequests: false },
  // asked for by browsers that were given no icon, as beside a file that is shown
  rewrites: async () => [{ source: '/favicon.ico', destination: '/icon.svg' }],
  experimental: {
    serverActions: {
      // a plain form on a page under `no-referrer` sends this; every action checks its origin itself
      allowedOrigins: ['null'],
    },
  },
}

export default createNextIntlPlugin('./lib/server/auth/request-messages.ts')(config)
