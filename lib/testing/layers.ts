/** What `lib/architecture.test.ts` holds the files to, as data. */

export interface Layer {
  /** Folders, and single files at the top; the longest that fits decides. */
  where: string[]
  /** Layers whose values may be imported; `x:types` allows types alone. What is not said is forbidden. */
  ours: string[]
  packages: string[]
  node: boolean
}

const drivers = [
  'better-sqlite3',
  'drizzle-orm',
  'pg',
  'jose',
  'openid-client',
  '@node-rs/argon2',
  '@simplewebauthn/server',
  '@zxcvbn-ts/core',
  '@zxcvbn-ts/language-common',
  'otpauth',
  'uqr',
  'pino',
  'prom-client',
  '@opentelemetry/api',
  '@opentelemetry/exporter-trace-otlp-http',
  '@opentelemetry/resources',
  '@opentelemetry/sdk-trace',
  'nodemailer',
  'standardwebhooks',
  'fflate',
]
const framework = ['next', 'next-auth', 'next-intl', 'react', 'zod', 'server-only']
const drawing = ['react', 'react-dom', 'lucide-react', 'clsx', '@simplewebauthn/browser']
const adapters = { ours: ['domain', 'ports:types', 'adapters', 'store'], packages: drivers, node: true }
const commands = { ours: ['domain:types', 'commands', 'composition'], packages: [], node: true }

/** Who may import whom. */
export const layers: Record<string, Layer> = {
  domain: { where: ['lib/domain/'], ours: ['domain'], packages: [], node: false },
  ports: { where: ['lib/ports/'], ours: ['domain:types', 'ports:types'], packages: [], node: false },
  'use-cases': {
    where: ['lib/use-cases/'],
    ours: ['domain', 'ports:types', 'use-cases:types'],
    packages: [],
    node: false,
  },
  adapters: { where: ['lib/adapters/'], ...adapters },
  store: { where: ['lib/adapters/store/'], ...adapters, ours: [...adapters.ours, 'drizzle'] },
  composition: {
    where: ['lib/composition/'],
    // `boot` is handed the API's listener by `instrumentation.ts`
    ours: ['domain', 'ports:types', 'use-cases', 'adapters', 'store', 'composition', 'i18n', 'api:types'],
    packages: ['zod', 'use-intl'],
    node: true,
  },
  server: {
    where: ['lib/server/', 'proxy.ts'],
    ours: ['domain', 'ports:types', 'use-cases:types', 'server', 'composition', 'i18n'],
    packages: framework,
    node: true,
  },
  instrumentation: { where: ['instrumentation.ts'], ours: ['composition', 'api'], packages: [], node: true },
  api: {
    where: ['lib/api/'],
    ours: ['domain:types', 'api', 'composition', 'i18n'],
    packages: ['hono', '@hono/node-server', '@hono/zod-openapi', 'zod'],
    node: true,
  },
  app: {
    where: ['app/'],
    ours: ['domain:types', 'server', 'app', 'client', 'i18n'],
    packages: [...framework, ...drawing],
    node: true,
  },
  /** What of `app/` reaches the browser: found by following `use client`. */
  // of Next its router, which every page carries already
  client: { where: [], ours: ['domain:types', 'client', 'i18n:types'], packages: [...drawing, 'next'], node: false },
  commands: { where: ['lib/commands/'], ...commands },
  build: {
    where: ['lib/commands/build.ts', 'lib/commands/build/'],
    ...commands,
    ours: ['build', 'commands'],
    packages: ['esbuild'],
  },
  /** Starts Next. */
  serve: { where: ['lib/commands/serve.ts'], ...commands, packages: ['next'] },
  worker: { where: ['lib/commands/worker.ts'], ...commands, ours: [...commands.ours, 'api'] },
  demo: {
    where: ['lib/commands/demo.ts', 'lib/commands/demo/'],
    ...commands,
    ours: [...commands.ours, 'demo', 'api', 'sandbox'],
  },
  drizzle: {
    where: ['drizzle/'],
    ours: ['domain:types', 'drizzle'],
    packages: ['drizzle-orm', 'drizzle-kit'],
    node: false,
  },
  sandbox: {
    where: ['lib/sandbox/'],
    ours: ['sandbox'],
    packages: ['hono', '@hono/node-server', 'smtp-server'],
    node: true,
  },
  i18n: { where: ['lib/i18n/'], ours: ['domain:types', 'i18n'], packages: ['next-intl'], node: false },
}

/** Run outside Next, by the commands: they import nothing of it, not even through what they import. */
export const withoutNext = ['composition', 'api', 'commands', 'worker', 'demo', 'build']

/** `lib/server`, from the bottom up: whom a folder may import beside itself. */
export const serverFolders: Record<string, string[]> = {
  forms: [],
  cookies: [],
  http: ['forms', 'cookies'],
  auth: ['http', 'forms', 'cookies'],
  oauth: ['auth', 'http', 'cookies'],
  webhooks: [],
  loaders: ['auth', 'http', 'forms', 'cookies'],
  actions: ['loaders', 'oauth', 'auth', 'http', 'forms', 'cookies'],
}

export const subjects = [
  'authorization',
  'connections',
  'tokens',
  'accounts',
  'factors',
  'notifications',
  'support',
  'journal',
  'api-keys',
  'guide',
  'operations',
  'rate-budget',
  'provider-webhooks',
  'sync',
  'privacy',
]

/** Folders that are divided by subject, and what belongs to none of them. */
export const divided: Record<string, { folders?: string[]; files?: string[] }> = {
  'lib/domain': { files: ['failure', 'failure-codes', 'form-state', 'calendar-day', 'duration', 'invisible'] },
  'lib/ports': { files: ['deps', ...subjects] },
  'lib/use-cases': { folders: ['scenarios'] },
  'lib/adapters/store': { folders: ['engine', 'contract'], files: ['store'] },
  'lib/adapters/store/contract': { folders: ['engine'] },
  'lib/server/loaders': {},
}

export const isTest = (path: string) => /\.(test|spec)\.tsx?$/.test(path)

const places = Object.entries(layers)
  .flatMap(([layer, { where }]) => where.map((place) => ({ layer, place })))
  .sort((a, b) => b.place.length - a.place.length)

/** `tests` and `tools` may import everything; null where nothing says. */
export const layerNamed = (path: string): string | null => {
  if (isTest(path) || /^(e2e|lib\/testing|lib\/commands\/bench)\//.test(path)) return 'tests'
  if (path === 'lib/commands/bench.ts') return 'tests'
  if (/^[^/]+\.config\.(ts|mjs)$/.test(path)) return 'tools'
  const found = places.find(({ place }) => (place.endsWith('/') ? path.startsWith(place) : path === place))
  return found?.layer ?? null
}
