import { execFileSync } from 'node:child_process'
import { readFileSync, writeFileSync } from 'node:fs'
import { cpus, loadavg, totalmem } from 'node:os'
import { join } from 'node:path'
import { sections } from './sections.ts'

const path = join('docs', 'benchmarks.md')

const introduction = `# Benchmarks

Written by \`npm run bench\`; \`npm run bench NAME…\` measures some sections again and leaves the others. What stands side by side in
a table was measured in one run, in turn: compare the ratios, the numbers are of one machine under what else it did.
`

const machine = () => {
  const { model } = cpus()[0] ?? { model: 'unknown processor' }
  const memory = `${Math.round(totalmem() / 2 ** 30)} GB`
  const load = `at a load of ${(loadavg()[0] ?? 0).toFixed(0)}`
  return `${cpus().length} × ${model} ${load}, ${memory}, ${process.platform} ${process.arch}, Node ${process.version}`
}

const splitSections = (text: string) =>
  new Map(
    text
      .split(/^## /m)
      .slice(1)
      .map((part) => {
        const end = part.indexOf('\n')
        return [part.slice(0, end), part.slice(end + 1).trim()] as const
      }),
  )

const readDocument = () => {
  try {
    return splitSections(readFileSync(path, 'utf8'))
  } catch {
    return new Map<string, string>()
  }
}

/** Puts what was measured in the place of what was measured before. @param measured Markdown by title */
export const writeDocument = (measured: ReadonlyMap<string, { name: string; text: string }>): void => {
  const before = readDocument()
  const parts = sections.flatMap(({ title }) => {
    const fresh = measured.get(title)
    const day = new Date().toISOString().slice(0, 10)
    const text = fresh ? `${fresh.text}\n\n\`npm run bench ${fresh.name}\`, ${day}, ${machine()}.` : before.get(title)
    return text === undefined ? [] : [`## ${title}\n\n${text}\n`]
  })
  writeFileSync(path, [introduction, ...parts].join('\n'))
  execFileSync(
    process.execPath,
    [join('node_modules', '@biomejs', 'biome', 'bin', 'biome'), 'format', '--write', path],
    {
      stdio: 'ignore',
    },
  )
}
