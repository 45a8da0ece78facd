import { createHash } from 'node:crypto'
import { mkdirSync, renameSync, writeFileSync } from 'node:fs'
import { basename, join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { build } from 'esbuild'

export const project = fileURLToPath(new URL('../../../', import.meta.url))

/** What is compiled, or is there only for who installed it. */
const external = ['better-sqlite3', '@node-rs/argon2', 'pg-native', 'next', 'next-auth']

/** Packages of CommonJS ask for these by name. */
const banner = `import { createRequire as requireFrom } from 'node:module'
const require = requireFrom(import.meta.url)
const __filename = import.meta.filename
const __dirname = import.meta.dirname`

const bundle = async (entry: string) => {
  // beside the packages that it goes on importing
  const folder = join(project, 'node_modules', '.cache', 'porte-cles')
  mkdirSync(folder, { recursive: true })
  const { outputFiles } = await build({
    entryPoints: [join(project, entry)],
    ...{
      write: false,
      bundle: true,
      external,
      platform: 'node',
      format: 'esm',
      target: 'node22',
      banner: { js: banner },
    },
  })
  const text = outputFiles[0]?.text ?? ''
  const mark = createHash('sha256').update(text).digest('hex').slice(0, 16)
  const outfile = join(folder, `${basename(entry, '.ts')}-${mark}.mjs`)
  // whole or not there: other workers run it too
  const draft = `${outfile}.${process.pid}`
  writeFileSync(draft, text)
  renameSync(draft, outfile)
  return outfile
}

const bundled = new Map<string, Promise<string>>()

/** One file for plain Node: to read two thousand, packages included, takes longer than most of these processes live. */
export const bundledProgram = (entry: string): Promise<string> => {
  const found = bundled.get(entry) ?? bundle(entry)
  bundled.set(entry, found)
  return found
}
