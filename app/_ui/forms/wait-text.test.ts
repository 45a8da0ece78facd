import { expect, test } from 'vitest'
import { withWait } from './wait-text.ts'

const messages = { wait: { minutes: 'In {count} min.', hours: 'In {count} h.' } }

test.each([
  [{ retryAfterS: 61 }, 'Wait. In 2 min.'],
  [{ retryAfterS: 90 * 60 }, 'Wait. In 90 min.'],
  [{ retryAfterS: 90 * 60 + 1 }, 'Wait. In 2 h.'],
  [{ retryAfterS: 24 * 3600 }, 'Wait. In 24 h.'],
  [{ limit: 3 }, 'Wait.'],
])('a problem with %o is repaired by « %s »', (evidence, text) => {
  expect(withWait('Wait.', { evidence }, messages)).toBe(text)
})
