import { readFileSync } from 'node:fs'
import { readActionFiles } from '../../lib/testing/server-actions.ts'
import { readSources } from '../../lib/testing/source-files.ts'

/** A server action as the build knows it. */
export interface BuiltAction {
  id: string
  /** The pages that can be asked to run it, as paths of their files. */
  pages: string[]
}

const named = (name: string) =>
  readSources()
    .map(({ path }) => path)
    .filter((path) => path.startsWith('app/') && new RegExp(`/${name}\\.tsx?$`).test(path))
    .sort()

export const findPages = () => named('page')

export const findRoutes = () => named('route')

export const findActions = (): string[] =>
  readActionFiles()
    .flatMap(({ path, exported }) => exported.map((name) => `${path}#${name}`))
    .sort()

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
