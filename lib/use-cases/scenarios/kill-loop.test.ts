import { describe, expect } from 'vitest'
import { dialects } from '#lib/testing/database/fresh-database.ts'
import { killLoop } from '#lib/testing/processes/kill-loop.ts'

describe.each(dialects)('a process on $dialect killed while it refreshes', ({ test }) => {
  test('loses no pair silently and breaks no database', { timeout: 120_000 }, async ({ url }) => {
    // the two that wait for a step of the provider lose theirs for certain
    expect((await killLoop(url, { kills: 4, grace: false })).namedLosses).toBeGreaterThanOrEqual(2)
  })

  test('loses nothing while the provider gives grace', { timeout: 120_000 }, async ({ url }) => {
    expect((await killLoop(url, { kills: 2, grace: true })).namedLosses).toBe(0)
  })
})
