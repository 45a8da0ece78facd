import { execFile } from 'node:child_process'
import { cp, mkdtemp, readdir, readFile, rm, symlink } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { promisify } from 'node:util'
import { expect, test } from 'vitest'

const run = promisify(execFile)
const project = fileURLToPath(new URL('../', import.meta.url))

const contents = async (folder: string) => {
  const found = await readdir(folder, { recursive: true, withFileTypes: true })
  const files = found.filter((entry) => entry.isFile()).map((entry) => join(entry.parentPath, entry.name))
  const texts = await Promise.all(files.map(async (file) => [file.slice(folder.length), await readFile(file, 'utf8')]))
  return Object.fromEntries(texts) as Record<string, string>
}

test.for(['sqlite', 'postgres'])('the tables hold nothing that the migrations of %s do not make', async (dialect) => {
  const copy = await mkdtemp(join(tmpdir(), 'porte-cles-migrations-'))
  try {
    for (const part of ['drizzle', 'package.json', 'tsconfig.json'])
      await cp(join(project, part), join(copy, part), { recursive: true })
    await symlink(join(project, 'node_modules'), join(copy, 'node_modules'))
    const kit = join(project, 'node_modules', 'drizzle-kit', 'bin.cjs')
    await run(process.execPath, [kit, 'generate', '--config', `drizzle/${dialect}.config.ts`], { cwd: copy })
    const [generated, committed] = await Promise.all([
      contents(join(copy, 'drizzle')),
      contents(join(project, 'drizzle')),
    ])
    expect(generated).toEqual(committed)
  } finally {
    await rm(copy, { recursive: true, force: true })
  }
})
