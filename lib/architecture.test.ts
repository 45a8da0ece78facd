import { posix } from 'node:path'
import { describe, expect, test } from 'vitest'
import { misplacedDirectives, otherExports, readActionFiles } from './testing/server-actions.ts'
import { readImports, readSources, resolveImport } from './testing/source-files.ts'

/** Where a file belongs; the first pattern that matches decides. `client` is found by following `use client`. */
const rings: [ring: string, pattern: RegExp][] = [
  ['tests', /\.test\.tsx?$|^e2e\/|^lib\/testing\//],
  ['tools', /^[^/]+\.config\.(ts|mjs)$/],
  ['ports', /^lib\/ports(\.ts|\/)/],
  ['container', /^lib\/server\/container\.ts$/],
  ['instrumentation', /^instrumentation\.ts$/],
  ['server', /^(lib\/server\/|proxy\.ts$)/],
  ['store', /^lib\/adapters\/store\//],
  ['demo', /^lib\/commands\/(demo|bench)(-[a-z-]+)?\.ts$/],
  ['worker', /^lib\/commands\/worker\.ts$/],
  ['', /^lib\/(domain|use-cases|adapters|api|commands|sandbox|i18n)\//],
  ['', /^(app|drizzle)\//],
]

interface Rule {
  /** Rings whose values may be imported; `x:types` allows types alone; a path names single files. */
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
  'pino',
  'nodemailer',
  'standardwebhooks',
]
const composed = ['container', 'env', 'scheduler', 'storage-advice'].map((name) => `lib/server/${name}.ts`)
const framework = ['next', 'next-auth', 'next-intl', 'react', 'zod', 'server-only']
const drawing = ['react', 'react-dom', 'lucide-react', 'clsx']
const adapters: Rule = { ours: ['domain', 'ports:types', 'adapters', 'store'], packages: drivers, node: true }
const server: Rule = {
  ours: ['domain', 'ports', 'use-cases', 'server', 'container', 'i18n', 'api:types'],
  packages: [...framework, 'use-intl'],
  node: true,
}
const commands: Rule = { ours: ['domain:types', 'commands', ...composed], packages: [], node: true }

/** Who may import whom; what is not said is forbidden. */
const rules: Record<string, Rule> = {
  domain: { ours: ['domain'], packages: [], node: false },
  ports: { ours: ['domain:types', 'ports:types'], packages: [], node: false },
  'use-cases': { ours: ['domain', 'ports:types', 'use-cases:types'], packages: [], node: false },
  adapters,
  store: { ...adapters, ours: [...adapters.ours, 'drizzle'] },
  server,
  container: { ...server, ours: [...server.ours, 'adapters', 'store'] },
  instrumentation: { ...server, ours: [...server.ours, 'api'] },
  api: {
    ours: [
      'domain:types',
      'api',
      'i18n',
      ...['container', 'api-route', 'termination'].map((name) => `lib/server/${name}.ts`),
    ],
    packages: ['hono', '@hono/node-server', '@hono/zod-openapi', 'zod'],
    node: true,
  },
  app: {
    ours: ['domain:types', 'server', 'app', 'client', 'i18n'],
    packages: [...framework, ...drawing],
    node: true,
  },
  client: { ours: ['domain:types', 'client', 'i18n:types'], packages: drawing, node: false },
  commands,
  worker: { ...commands, ours: [...commands.ours, 'api'] },
  demo: { ...commands, ours: [...commands.ours, 'demo', 'api', 'sandbox'] },
  drizzle: { ours: ['domain:types', 'drizzle'], packages: ['drizzle-orm', 'drizzle-kit'], node: false },
  sandbox: { ours: ['sandbox'], packages: ['hono', '@hono/node-server'], node: true },
  // next-intl finds the words of a request by its locale
  i18n: { ours: ['domain:types', 'i18n', 'lib/server/auth/locale.ts'], packages: ['next-intl'], node: false },
}

/** Run outside Next, by the commands: they import nothing of it, not even through what they import. */
const withoutNext = ['container', 'env', 'scheduler', 'storage-advice', 'api-route', 'termination'].map(
  (name) => `lib/server/${name}.ts`,
)

const sources = readSources()
const byPath = new Map(sources.map((source) => [source.path, source]))
const known = new Set(byPath.keys())

const importsOf = (path: string) =>
  (byPath.get(path)?.imports ?? []).map(({ specifier, types }) => ({
    specifier,
    types,
    target: resolveImport(path, specifier, known),
  }))

/** What a bundler follows from a file: no types, and of our own files no action of the server. */
const reach = (from: string[]) => {
  const seen = new Set<string>()
  const queue = [...from]
  for (let path = queue.pop(); path !== undefined; path = queue.pop()) {
    if (seen.has(path) || byPath.get(path)?.directive === 'server') continue
    seen.add(path)
    for (const { types, target } of importsOf(path)) if (!types && target.kind === 'file') queue.push(target.name)
  }
  return seen
}

const clients = sources.filter(({ path, directive }) => path.startsWith('app/') && directive === 'client')
const inBrowser = reach(clients.map(({ path }) => path))

const ringOf = (path: string): string | null => {
  const found = rings.find(([, pattern]) => pattern.test(path))
  if (!found) return null
  const [ring, pattern] = found
  if (ring) return ring
  const named = path.match(pattern)?.[1] ?? ''
  return named === 'app' && inBrowser.has(path) ? 'client' : named
}

const allows = ({ ours }: Rule, ring: string, path: string, types: boolean) =>
  ours.includes(ring) || ours.includes(path) || (types && ours.includes(`${ring}:types`))

/** An action of the server is called from the browser by name only: importing it brings none of it along. */
const isAction = (path: string) => byPath.get(path)?.directive === 'server'

const complaint = (path: string, { specifier, types, target }: ReturnType<typeof importsOf>[number]) => {
  const ring = ringOf(path)
  const rule = ring === null ? undefined : rules[ring]
  if (!rule) return null
  const says = (why: string) => `${path} imports ${specifier}: ${why}`
  if (target.kind === 'node') return rule.node ? null : says(`${ring} does no I/O, so nothing of Node`)
  if (target.kind === 'package')
    return types || rule.packages.includes(target.name) || target.name === 'vitest'
      ? null
      : says(`of packages, ${ring} may import ${rule.packages.join(', ') || 'nothing'}`)
  if (/\.(css|json)$/.test(target.name) && !target.name.startsWith('lib/i18n/')) return null
  const other = ringOf(target.name) ?? target.name
  if (ring === 'client' && isAction(target.name)) return null
  return allows(rule, other, target.name, types)
    ? null
    : says(`${ring} may import ${rule.ours.join(', ')}; this is ${types ? `the types of ${other}` : other}`)
}

describe('imports', () => {
  test('every file belongs to a ring', () => {
    expect(sources.filter(({ path }) => ringOf(path) === null).map(({ path }) => path)).toEqual([])
  })

  test('every import follows the table', () => {
    const broken = sources.flatMap(({ path }) => importsOf(path).map((found) => complaint(path, found)))
    expect(broken.filter((sentence) => sentence !== null)).toEqual([])
  })

  test('every import of ours names a file that is there', () => {
    const missing = sources.flatMap(({ path }) =>
      importsOf(path)
        .filter(({ target }) => target.kind === 'file' && /\.tsx?$/.test(target.name) && !known.has(target.name))
        .map(({ specifier }) => `${path} imports ${specifier}: there is no such file`),
    )
    expect(missing).toEqual([])
  })

  test('what runs outside Next imports nothing of it, even in a roundabout way', () => {
    const broken = withoutNext.flatMap((start) =>
      [...reach([start])].flatMap((path) =>
        importsOf(path)
          .filter(({ types, target }) => !types && /^(next|next-auth|next-intl|server-only)$/.test(target.name))
          .map(({ specifier }) => `${path} imports ${specifier}: ${start} reaches it, and runs without Next`),
      ),
    )
    expect(broken).toEqual([])
  })

  test('nothing that ships reaches the sandbox', () => {
    const shipped = sources.filter(({ path }) => !/^(tests|tools|demo|sandbox)$/.test(ringOf(path) ?? ''))
    const reached = [...reach(shipped.map(({ path }) => path))].filter((path) => path.startsWith('lib/sandbox/'))
    expect(reached).toEqual([])
  })

  test('the reader of imports sees every form, and no comment', () => {
    const load = 'import'
    const text = [
      "import type { A } from './a.ts'",
      "import {\n  b,\n} from './b.ts'",
      "export { c } from './c.ts'",
      "import './d.css'",
      `const e = () => ${load}('./e.ts')`,
      `type F = typeof ${load}('./f.ts')`,
      "// import g from './g.ts'",
      "/** import h from './h.ts' */",
    ].join('\n')
    const named = readImports(text).map(({ specifier, types }) => `${specifier}${types ? ' types' : ''}`)
    expect(named).toEqual(['./a.ts types', './b.ts', './c.ts', './d.css', './e.ts', './f.ts types'])
  })
})

describe('server actions', () => {
  test('stand in their own folder, whose every file is one of actions', () => {
    expect(misplacedDirectives()).toEqual([])
  })

  test('their files export actions for forms, and nothing else that anybody could call', () => {
    expect(readActionFiles().flatMap(otherExports)).toEqual([])
  })
})

describe('files', () => {
  const lengths = sources.map(({ lines }) => lines).sort((a, b) => a - b)
  const share = (part: number) => lengths[Math.floor(lengths.length * part)] ?? 0

  test('none is longer than 250 lines', () => {
    const long = sources.filter(({ lines }) => lines > 250).map(({ path, lines }) => `${path}: ${lines} lines`)
    expect(long).toEqual([])
  })

  test('half of them have at most 60 lines, nine in ten at most 150', () => {
    expect(share(0.5)).toBeLessThanOrEqual(60)
    expect(share(0.9)).toBeLessThanOrEqual(150)
  })

  test('names are kebab-case; Next’s own brackets and underscores aside', () => {
    const part = /^(_?[a-z0-9]+(-[a-z0-9]+)*|\[{1,2}(\.{3})?[a-zA-Z]+\]{1,2}|\([a-z-]+\)|\.)$/
    const base = /^[a-z0-9]+(-[a-z0-9]+)*(\.(test|spec|config|d))?\.(tsx?|mts|mjs)$/
    const odd = sources.filter(({ path }) => {
      const folders = posix.dirname(path).split('/')
      return !base.test(posix.basename(path)) || !folders.every((folder) => part.test(folder))
    })
    expect(odd.map(({ path }) => path)).toEqual([])
  })

  test('no name says nothing', () => {
    const vague = /(^|[/-])(utils?|helpers?|misc|managers?|index|common|shared)([-./]|$)/
    expect(sources.filter(({ path }) => vague.test(path)).map(({ path }) => path)).toEqual([])
  })
})
