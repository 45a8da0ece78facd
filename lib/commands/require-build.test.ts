import { spawnSync } from 'node:child_process'
import { expect, test } from 'vitest'

const start = (program: string) =>
  spawnSync(process.execPath, ['--import', './lib/commands/require-build.mjs', program], { encoding: 'utf8' })

test('without a build the start says in one sentence what to do, and ends with 1', () => {
  const { status, stderr, stdout } = start('nowhere/serve.mjs')
  expect(stderr).toBe('Porte-clés is not built yet: run `npm run build` first.\n')
  expect([status, stdout]).toEqual([1, ''])
})

test('a program that is there starts', () => {
  expect(start('lib/commands/require-node.mjs')).toMatchObject({ status: 0, stderr: '' })
})
