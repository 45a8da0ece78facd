import { readFileSync } from 'node:fs'
import { expect, test } from 'vitest'
import { readSources } from '#lib/testing/source-files.ts'

/** Which tables a file updates or deletes from, an alias of a destructuring followed to its table. */
const changed = (text: string): string[] => {
  const aliases = new Map(Array.from(text.matchAll(/(\w+): (\w+)/g), ([, table, alias]) => [alias, table]))
  const named = Array.from(text.matchAll(/\.(?:update|delete)\(\s*([\w.]+)/g), ([, path]) => path?.split('.').at(-1))
  const raw = Array.from(text.matchAll(/(?:update|delete from|truncate)\s+["`]?(\w+)/gi), ([, table]) => table)
  return [...named, ...raw].flatMap((name) => (name ? [name, aliases.get(name) ?? ''] : []))
}

test('the journal only grows: retention alone deletes, and takes the address of who is erased out of an entry', () => {
  const shipped = readSources()
    .map(({ path }) => path)
    .filter((path) => /^(app|lib|drizzle)\//.test(path) && !/\.test\.tsx?$|^lib\/(testing|sandbox)\//.test(path))
  const changing = shipped.filter((path) => changed(readFileSync(path, 'utf8')).includes('journal'))
  expect(changing).toEqual(['lib/adapters/store/journal/retention.ts'])
  const changes = readFileSync('lib/adapters/store/journal/retention.ts', 'utf8').matchAll(
    /\.update\([^)]*\)\s*\.set\(.*\)/g,
  )
  expect(Array.from(changes, ([change]) => change.replaceAll(/\s/g, ''))).toEqual([
    '.update(journal).set({address:null})',
  ])
})

test.each([
  'q.delete(journal)',
  'db.q.update(\n  db.tables.journal,\n)',
  'const { journal: entries } = tables\nq.update(entries).set({})',
  'sql`delete from "journal"`',
])('a change is found however it is written: %s', (text) => {
  expect(changed(text)).toContain('journal')
})
