import { posix } from 'node:path'
import { describe, expect, test } from 'vitest'
import {
  divided,
  isTest,
  type Layer,
  layerNamed,
  layers,
  serverFolders,
  subjects,
  withoutNext,
} from './testing/layers.ts'
import { misplacedDirectives, otherExports, readActionFiles } from './testing/server-actions.ts'
import { readImports, readSources, resolveImport } from './testing/source-files.ts'

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

const layerOf = (path: string) => {
  const layer = layerNamed(path)
  return layer === 'app' && inBrowser.has(path) ? 'client' : layer
}

const allows = ({ ours }: Layer, layer: string, types: boolean) =>
  ours.includes(layer) || (types && ours.includes(`${layer}:types`))

/** An action of the server is called from the browser by name only: importing it brings none of it along. */
const isAction = (path: string) => byPath.get(path)?.directive === 'server'

const faultOf = (path: string, { specifier, types, target }: ReturnType<typeof importsOf>[number]) => {
  const layer = layerOf(path)
  const rule = layer === null ? undefined : layers[layer]
  if (!rule) return null
  const violation = (why: string) => `${path} imports ${specifier}: ${why}`
  if (target.kind === 'node') return rule.node ? null : violation(`${layer} does no I/O, so nothing of Node`)
  if (target.kind === 'package')
    return types || rule.packages.includes(target.name) || target.name === 'vitest'
      ? null
      : violation(`of packages, ${layer} may import ${rule.packages.join(', ') || 'nothing'}`)
  if (/\.(css|json)$/.test(target.name) && !target.name.startsWith('lib/i18n/')) return null
  const other = layerOf(target.name) ?? target.name
  if (layer === 'client' && isAction(target.name)) return null
  return allows(rule, other, types)
    ? null
    : violation(`${layer} may import ${rule.ours.join(', ')}; this is ${types ? `the types of ${other}` : other}`)
}

const serverFolderOf = (path: string) => /^lib\/server\/([^/]+)\//.exec(path)?.[1]

describe('imports', () => {
  test('every file belongs to a layer', () => {
    expect(sources.filter(({ path }) => layerOf(path) === null).map(({ path }) => path)).toEqual([])
  })

  test('every import follows the table', () => {
    const broken = sources.flatMap(({ path }) => importsOf(path).map((found) => faultOf(path, found)))
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

  test('the folders of the server import downwards', () => {
    const broken = sources.flatMap(({ path }) => {
      const folder = layerOf(path) === 'server' ? serverFolderOf(path) : undefined
      if (folder === undefined) return []
      return importsOf(path).flatMap(({ specifier, target }) => {
        const other = serverFolderOf(target.name)
        if (other === undefined || other === folder || serverFolders[folder]?.includes(other)) return []
        return [`${path} imports ${specifier}: ${folder} may import ${serverFolders[folder]?.join(', ') || 'nothing'}`]
      })
    })
    expect(broken).toEqual([])
  })

  test('what runs outside Next imports nothing of it, even in a roundabout way', () => {
    const outside = sources.map(({ path }) => path).filter((path) => withoutNext.includes(layerOf(path) ?? ''))
    const broken = [...reach(outside)].flatMap((path) =>
      importsOf(path)
        .filter(({ types, target }) => !types && /^(next|next-auth|next-intl|server-only)$/.test(target.name))
        .map(({ specifier }) => `${path} imports ${specifier}: what runs without Next reaches it`),
    )
    expect(broken).toEqual([])
  })

  test('no files import each other in a circle, not even their types', () => {
    const circles: string[] = []
    const finished = new Set<string>()
    const follow = (path: string, trail: string[]) => {
      if (finished.has(path)) return
      if (trail.includes(path)) {
        circles.push([...trail.slice(trail.indexOf(path)), path].join(' → '))
        return
      }
      for (const { target } of importsOf(path)) {
        if (target.kind === 'file' && known.has(target.name)) follow(target.name, [...trail, path])
      }
      finished.add(path)
    }
    for (const { path } of sources) follow(path, [])
    expect(circles).toEqual([])
  })

  test('nothing that ships reaches the sandbox', () => {
    const shipped = sources.filter(({ path }) => !/^(tests|tools|demo|sandbox)$/.test(layerOf(path) ?? ''))
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

describe('folders', () => {
  test('each layer is divided into the same subjects', () => {
    const strays = sources.flatMap(({ path }) => {
      const folder = Object.keys(divided)
        .filter((name) => path.startsWith(`${name}/`))
        .sort((a, b) => b.length - a.length)[0]
      if (folder === undefined) return []
      const { folders = [], files = [] } = divided[folder] ?? {}
      const [first = '', ...rest] = path.slice(folder.length + 1).split('/')
      const known =
        rest.length > 0
          ? subjects.includes(first) || folders.includes(first)
          : files.includes(first.replace(/(\.test)?\.ts$/, ''))
      return known ? [] : [`${path}: ${folder} is divided into ${[...subjects, ...folders, ...files].join(', ')}`]
    })
    expect(strays).toEqual([])
  })

  test('the server holds nothing beside its folders', () => {
    const strays = sources.filter(
      ({ path }) => path.startsWith('lib/server/') && !serverFolders[serverFolderOf(path) ?? ''],
    )
    expect(strays.map(({ path }) => path)).toEqual([])
  })

  test('none holds more than 15 files, tests not counted', () => {
    const counts = new Map<string, number>()
    for (const { path } of sources)
      if (!isTest(path)) counts.set(posix.dirname(path), (counts.get(posix.dirname(path)) ?? 0) + 1)
    const full = [...counts].filter(([, count]) => count > 15).map(([folder, count]) => `${folder}: ${count} files`)
    expect(full).toEqual([])
  })
})

describe('files', () => {
  const lengths = sources.map(({ lines }) => lines).sort((a, b) => a - b)
  const share = (part: number) => lengths[Math.floor(lengths.length * part)] ?? 0

  test('none is longer than 250 lines', () => {
    const written = sources.filter(({ path }) => path !== 'lib/testing/api/document-types.ts')
    const long = written.filter(({ lines }) => lines > 250).map(({ path, lines }) => `${path}: ${lines} lines`)
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
