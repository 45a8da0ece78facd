import { readdirSync, statSync } from 'node:fs'
import { join } from 'node:path'

/** What a build is made of. */
const ingredients = ['app', 'lib', 'drizzle', 'next.config.ts', 'proxy.ts', 'instrumentation.ts', 'package-lock.json']

const modified = (path: string) => statSync(path, { throwIfNoEntry: false })?.mtimeMs ?? 0

const newest = (path: string): number => {
  if (!statSync(path, { throwIfNoEntry: false })?.isDirectory()) return modified(path)
  const names = readdirSync(path).filter((name) => !/\.test\.tsx?$/.test(name))
  return Math.max(modified(path), ...names.map((name) => newest(join(path, name))))
}

/** Written last of a build. */
const program = join('.next', 'standalone', 'serve.mjs')

/** The built app, as `npm start` starts it. V8 would let what renders leave behind grow to hundreds of megabytes. */
export const serveCommand = ['--max-semi-space-size=16', program]

/** True when there is a whole build that is younger than everything it is made of. */
export const isBuilt = (): boolean => {
  const builtAt = modified(program)
  return builtAt > 0 && ingredients.every((path) => newest(path) < builtAt)
}
