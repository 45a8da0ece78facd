import { copyFileSync, cpSync, readdirSync, rmSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { build } from 'esbuild'

const standalone = join('.next', 'standalone')

const programs = ['admin', 'worker', 'serve']

/** Node is judged before the rest is loaded, which an older one would crash on. */
const starter = (name: string) => `import './require-node.mjs'\nawait import('./commands/${name}.mjs')\n`

/** Bundled CommonJS asks for Node's modules by `require`, which an ES module lacks; packages import `createRequire` too. */
const banner = `import { createRequire as requireFrom } from 'node:module'; const require = requireFrom(import.meta.url);`

/** Makes what Next builds whole: the files that browsers load, and our own programs beside its server. */
export const completeStandalone = async (): Promise<void> => {
  // settings are of the machine that runs it
  for (const name of readdirSync(standalone)) if (name.startsWith('.env')) rmSync(join(standalone, name))
  cpSync(join('.next', 'static'), join(standalone, '.next', 'static'), { recursive: true })
  await build({
    entryPoints: programs.map((name) => join('lib', 'commands', `${name}.ts`)),
    outdir: join(standalone, 'commands'),
    outExtension: { '.js': '.mjs' },
    // these have compiled parts: Next copies them for its server; pg does without the third
    external: ['better-sqlite3', '@node-rs/argon2', 'pg-native'],
    banner: { js: banner },
    ...{ bundle: true, splitting: true, platform: 'node', format: 'esm', target: 'node22', logLevel: 'warning' },
  })
  for (const name of ['require-node.mjs', 'health.mjs'])
    copyFileSync(join('lib', 'commands', name), join(standalone, name))
  for (const name of programs) writeFileSync(join(standalone, `${name}.mjs`), starter(name))
}
