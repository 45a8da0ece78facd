import { expect, test } from 'vitest'
import { warnIfExposed } from './api-exposure.ts'

const warningsFor = (apiHost: string) => {
  const warnings: unknown[] = []
  const log = { info: () => {}, error: () => {}, warn: (...line: unknown[]) => warnings.push(line) }
  warnIfExposed({ apiHost }, log)
  return warnings
}

test.each(['127.0.0.1', '127.1.2.3', 'localhost', '::1'])('%s is this machine: nothing to warn of', (apiHost) => {
  expect(warningsFor(apiHost)).toEqual([])
})

test.each(['0.0.0.0', '::', '10.0.0.4', 'localhost.example', 'api.internal'])('%s is warned of, and why', (apiHost) => {
  expect(warningsFor(apiHost)).toEqual([
    ['back ends are answered beyond this machine, in clear', { advice: expect.stringContaining('API_HOST') }],
  ])
})
