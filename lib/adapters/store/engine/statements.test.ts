import { execFile } from 'node:child_process'
import { promisify } from 'node:util'
import { expect, test } from 'vitest'

const run = (...args: string[]) =>
  promisify(execFile)(process.execPath, [
    '--expose-gc',
    '--import',
    'tsx',
    'lib/testing/processes/statement-process.ts',
    ...args,
  ])

test('50,000 prepared statements are collected, and the process ends well', async () => {
  expect(await run('prepared', '50000')).toEqual({ stdout: '', stderr: '' })
})

test('the reads of the app leave statements to the collector, and the process ends well', async () => {
  expect(await run('reads', '1')).toEqual({ stdout: expect.stringMatching(/^\d+ reads\n$/), stderr: '' })
})
