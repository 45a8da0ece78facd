import { existsSync, readFileSync } from 'node:fs'
import { expect, test } from 'vitest'
import { sabotages } from './sabotages.ts'

test.each(sabotages)('the code still holds what is sabotaged: $name', ({ file, from, noticedBy }) => {
  expect(readFileSync(file, 'utf8').split(from)).toHaveLength(2)
  expect(existsSync(noticedBy)).toBe(true)
})
