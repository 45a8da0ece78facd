import './require-node.mjs'

import { writeDocument } from './bench/document.ts'
import { sections } from './bench/sections.ts'
import { isBuilt } from './demo/build.ts'

/** `npm run bench [NAME…]`: measures the sections named, or all, and writes them into docs/benchmarks.md. */

const print = (line: string) => process.stdout.write(`${line}\n`)

const names = process.argv.slice(2)
const unknown = names.filter((name) => !sections.some((section) => section.name === name))
if (unknown.length > 0) {
  print(`There is no section ${unknown.join(', ')}. There are ${sections.map(({ name }) => name).join(', ')}.`)
  process.exit(2)
}

const chosen = sections.filter(({ name }) => names.length === 0 || names.includes(name))
if (chosen.some(({ needsBuild }) => needsBuild) && !isBuilt()) {
  print('The build is missing or older than its sources: run `npm run build` first.')
  process.exit(2)
}

const measured = new Map<string, { name: string; text: string }>()
for (const { name, title, measure } of chosen) {
  const text = await measure()
  print(`\n## ${title}\n\n${text}`)
  measured.set(title, { name, text })
  writeDocument(measured)
}
