import { expect, test } from 'vitest'
import { takeSlot } from './rate-window.ts'

const at = Date.UTC(2021, 5, 15, 9, 50, 23, 35)

test('the reset is when the oldest counted request leaves, on a wall clock an hour ahead', () => {
  const log: number[] = []
  takeSlot(log, 200, at)
  expect(takeSlot(log, 200, at + 1000)).toEqual({
    over: false,
    headers: {
      'x-ratelimit-limit': '200',
      'x-ratelimit-remaining': '198',
      'x-ratelimit-reset': '2021-06-15T10:51:23.035+0100',
    },
  })
})

test('over the limit the reset is the earliest moment at which a call can succeed', () => {
  const log: number[] = []
  for (const ms of [0, 10, 20]) takeSlot(log, 2, at + ms)
  const { over, headers } = takeSlot(log, 2, at + 30)
  expect(over).toBe(true)
  const reset = Date.parse(headers['x-ratelimit-reset']?.replace('+0100', '+01:00') ?? '')
  expect(takeSlot([...log], 2, reset - 1).over).toBe(true)
  expect(takeSlot([...log], 2, reset).over).toBe(false)
})

test('a request leaves the window after exactly a minute', () => {
  const log: number[] = []
  takeSlot(log, 1, at)
  expect(takeSlot([...log], 1, at + 59_999).over).toBe(true)
  expect(takeSlot([...log], 1, at + 60_000).over).toBe(false)
})
