import { existsSync, globSync, readFileSync } from 'node:fs'
import { expect, test } from 'vitest'

const documents = globSync(['*.md', 'docs/**/*.md', 'lib/**/*.md'])

/** Paths in backticks, as documents write them: from the top, or from `lib`; patterns and placeholders are left out. */
const named = (text: string) =>
  [...text.matchAll(/`((?:lib|app|e2e|drizzle|domain|adapters|use-cases)\/[\w\-./[\]]+)`/g)].map(
    ([, path]) => path ?? '',
  )

test('the documents name files and folders that are there', () => {
  const missing = documents.flatMap((document) =>
    named(readFileSync(document, 'utf8'))
      .filter((path) => !existsSync(path) && !existsSync(`lib/${path}`))
      .map((path) => `${document} names ${path}`),
  )
  expect(documents.length).toBeGreaterThan(10)
  expect(missing).toEqual([])
})
