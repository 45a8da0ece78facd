import { expect, test } from 'vitest'
import { killLoop } from '#lib/testing/processes/kill-loop.ts'

test('a process killed at any moment loses no pair silently and breaks no database', { timeout: 120_000 }, async () => {
  const report = await killLoop(4, false)
  expect(report.kills).toBe(4)
})

test('a process killed at any moment loses nothing while the provider gives grace', { timeout: 120_000 }, async () => {
  expect((await killLoop(3, true)).namedLosses).toBe(0)
})
