import { describe, expect } from 'vitest'
import { dialects } from '#lib/testing/database/fresh-database.ts'
import { killAtEveryPage } from '#lib/testing/sync/killed-copy.ts'

describe.each(dialects)('workers on $dialect that are killed before and after every page', ({ test }) => {
  // `npm run test:crash` kills at each of 200 pages
  test('copy all of it nevertheless', { timeout: 120_000 }, async ({ url }) => {
    const { kills, pages } = await killAtEveryPage(url, { records: 90, seed: 1 })
    expect(kills).toBeGreaterThanOrEqual(2 * pages)
    expect(pages).toBeGreaterThanOrEqual(2)
  })
})
