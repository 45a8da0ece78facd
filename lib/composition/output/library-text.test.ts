import fc from 'fast-check'
import { expect, test } from 'vitest'
import { libraryText } from './library-text.ts'

test.each([
  [
    '   ▲ Next.js 16.4.6\n   - Local:        http://localhost:3000\n',
    '▲ Next.js 16.4.6 - Local: http://localhost:3000',
  ],
  ['Failed to find Server Action "x\n{"level":1}"', 'Failed to find Server Action "…"level"…"'],
  ['GET https://cles.example/invitation/abc?code=def failed', 'GET https://cles.example/… failed'],
  ['from eve@evil.example', 'from …'],
  [`token ${'a'.repeat(40)}.`, 'token …'],
  ['\u001b[31mred\u001b[0m\u0000', 'red'],
])('%o is written as %o', (text, written) => {
  expect(libraryText(text)).toBe(written)
})

test('whatever is written is one short line without control characters', () => {
  fc.assert(
    fc.property(fc.string({ unit: 'binary', maxLength: 400 }), (text) => {
      const written = libraryText(text)
      expect(written).not.toMatch(/\p{Cc}/u)
      expect(written.length).toBeLessThanOrEqual(300)
    }),
  )
})
