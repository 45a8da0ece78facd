import { readFileSync } from 'node:fs'
import { buildSync } from 'esbuild'
import { readSources, withoutComments } from './source-files.ts'

export interface ActionFile {
  path: string
  text: string
  /** Whoever knows the id of one can call it, with what arguments they like. */
  exported: string[]
}

/** @returns the values that a module exports, as a parser sees them; what `export *` brings is not among them. */
export const exportedNames = (text: string): string[] => {
  const { metafile } = buildSync({
    stdin: { contents: text, loader: 'ts' },
    format: 'esm',
    write: false,
    metafile: true,
  })
  return Object.values(metafile.outputs).flatMap((output) => output.exports)
}

export const readActionFiles = (): ActionFile[] =>
  readSources()
    .filter(({ directive }) => directive === 'server')
    .map(({ path }) => {
      const text = readFileSync(path, 'utf8')
      return { path, text, exported: exportedNames(text) }
    })

const wrapped = /^export const (\w+) = (?:formAction|buttonAction)\(/gm

/** The wrappers are those of `server-action.ts`, and nothing of that name that a file makes itself. */
const foreignWrapper = (code: string) =>
  ['formAction', 'buttonAction'].some(
    (name) =>
      new RegExp(`\\b${name}\\(`).test(code) &&
      !new RegExp(
        `^import \\{[^}]*(?<!as )\\b${name}\\b(?! as)[^}]*\\} from '\\.\\./http/server-action\\.ts'`,
        'm',
      ).test(code),
  )

/** What a file of server actions exports beside actions for forms, as a sentence each. */
export const otherExports = ({ path, text, exported }: ActionFile): string[] => {
  const code = withoutComments(text)
  const actions = new Set([...code.matchAll(wrapped)].map(([, name]) => name))
  const others = exported.filter((name) => !actions.has(name)).map((name) => `${path} exports ${name}`)
  const everything = /^\s*export\s*\*/m.test(code) ? [`${path} exports what another file exports`] : []
  const wrapper = foreignWrapper(code) ? [`${path} takes its wrapper from elsewhere than server-action.ts`] : []
  return [...others, ...everything, ...wrapper]
}

/** Files that say `use server` elsewhere than at the top of a file in the folder of actions, or stand there without. */
export const misplacedDirectives = (): string[] =>
  readSources()
    .filter(({ path }) => /^(app|lib)\//.test(path) && !path.includes('.test.'))
    .filter(({ path, directive }) => {
      const output = [...readFileSync(path, 'utf8').matchAll(/^\s*['"]use server['"]/gm)].length
      return path.startsWith('lib/server/actions/') ? directive !== 'server' || output !== 1 : output > 0
    })
    .map(({ path }) => path)
