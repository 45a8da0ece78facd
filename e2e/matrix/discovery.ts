import { readFileSync } from 'node:fs'
import { readSources } from '../../lib/testing/source-files.ts'

/** A server action as the build knows it. */
export interface BuiltAction {
  id: string
  /** The pages that can be asked to run it, as paths of their files. */
  pages: string[]
}

const sources = () => readSources().filter(({ path }) => /^(app|lib)\//.test(path))

const named = (name: string) =>
  sources()
    .map(({ path }) => path)
    .filter((path) => path.startsWith('app/') && new RegExp(`/${name}\\.tsx?$`).test(path))
    .sort()

export const findPages = () => named('page')

export const findRoutes = () => named('route')

/** Whatever a file of actions exports can be called by anybody who knows its id. */
export const findActions = (): string[] =>
  sources()
    .filter(({ directive }) => directive === 'server')
    .flatMap(({ path }) =>
      [...readFileSync(path, 'utf8').matchAll(/^export (?:const|(?:async )?function) (\w+)/gm)].map(
        ([, name]) => `${path}#${name}`,
      ),
    )
    .sort()

/** An action within a component has no name to list it by. */
export const findInlineActions = (): string[] =>
  sources()
    .filter(({ path, directive }) => directive !== 'server' && !path.includes('.test.'))
    .filter(({ path }) => /^\s+['"]use server['"]/m.test(readFileSync(path, 'utf8')))
    .map(({ path }) => path)

interface Manifest {
  node: Record<string, { filename: string; exportedName: string; workers: Record<string, unknown> }>
}

/** The actions that pages of the build use, by file and name. */
export const builtActions = (): Map<string, BuiltAction> => {
  const { node } = JSON.parse(readFileSync('.next/server/server-reference-manifest.json', 'utf8')) as Manifest
  return new Map(
    Object.entries(node).map(([id, { filename, exportedName, workers }]) => [
      `${filename}#${exportedName}`,
      { id, pages: Object.keys(workers).map((page) => `${page}.tsx`) },
    ]),
  )
}
