import { readdirSync, readFileSync } from 'node:fs'
import { dirname, join, posix } from 'node:path'
import { fileURLToPath } from 'node:url'

/** One import of a source file: what is named, and whether only its types are. */
export interface Import {
  specifier: string
  types: boolean
}

export interface SourceFile {
  /** From the top of the project, with `/`. */
  path: string
  lines: number
  imports: Import[]
  /** `use client` or `use server` at the top of the file. */
  directive: 'client' | 'server' | null
}

const top = fileURLToPath(new URL('../../', import.meta.url))

/** At the top, or anywhere; `data` is the databases of this machine at the top, and sources further down. */
const skipped = new Set(['node_modules', './data', 'test-results', 'playwright-report', 'next-env.d.ts'])

const walk = (folder: string): string[] =>
  readdirSync(join(top, folder), { withFileTypes: true }).flatMap((found) => {
    if (found.name.startsWith('.') || skipped.has(found.name) || skipped.has(`${folder}/${found.name}`)) return []
    const path = posix.join(folder, found.name)
    return found.isDirectory() ? walk(path) : [path]
  })

/** Comments may name imports in their examples; a comment here begins its line. */
export const withoutComments = (text: string) => text.replace(/^\s*\/\*[\s\S]*?\*\//gm, '').replace(/^\s*\/\/.*$/gm, '')

const statement = /^(?:import|export)\s+(type\s)?(?:[^'"();]*?\sfrom\s+)?['"]([^'"]+)['"]/gm
const call = /(typeof\s+)?\bimport\(\s*['"]([^'"]+)['"]\s*\)/g

export const readImports = (text: string): Import[] => {
  const code = withoutComments(text)
  return [...code.matchAll(statement), ...code.matchAll(call)].map(([, types, specifier]) => ({
    specifier: specifier ?? '',
    types: types !== undefined,
  }))
}

export const readSources = (): SourceFile[] =>
  walk('.')
    .filter((path) => /\.(tsx?|mts|mjs)$/.test(path))
    .map((path) => {
      const text = readFileSync(join(top, path), 'utf8')
      const directive = withoutComments(text).match(/^\s*['"]use (client|server)['"]/)?.[1]
      return {
        path,
        lines: text.split('\n').length - (text.endsWith('\n') ? 1 : 0),
        imports: readImports(text),
        directive: directive === 'client' || directive === 'server' ? directive : null,
      }
    })

const aliases: Record<string, string> = { '#lib/': 'lib/', '#drizzle/': 'drizzle/', '#app/': 'app/' }

/** @returns the path of a file of ours, the name of a package, or `node:…`. */
export const resolveImport = (from: string, specifier: string, known: ReadonlySet<string>) => {
  const alias = Object.keys(aliases).find((prefix) => specifier.startsWith(prefix))
  const ours = alias
    ? `${aliases[alias]}${specifier.slice(alias.length)}`
    : specifier.startsWith('.')
      ? posix.join(dirname(from), specifier)
      : null
  if (ours === null) {
    const name = specifier.split('/', specifier.startsWith('@') ? 2 : 1).join('/')
    return { kind: name.startsWith('node:') ? 'node' : 'package', name } as const
  }
  const path = [ours, `${ours}.ts`, `${ours}.tsx`].find((candidate) => known.has(candidate)) ?? ours
  return { kind: 'file', name: path } as const
}
