import { createRequire } from 'node:module'
import { expect, test } from 'vitest'
import { lostReason } from './lost-reason.ts'

/** Next's own, as its router throws it for an action that the server does not know. */
const { UnrecognizedActionError } = createRequire(import.meta.url)(
  'next/dist/client/components/unrecognized-action-error',
) as { UnrecognizedActionError: new (message: string) => Error }

const publicUrl = 'https://cles.example'
const here = { opened: publicUrl, publicUrl }
const foreign = { opened: 'http://10.0.0.7:3000', publicUrl }

const unanswered = () =>
  fetch('http://127.0.0.1:9').then(
    () => null,
    (error: unknown) => error,
  )

test('an action that the server no longer knows is one of an older page', () => {
  expect(lostReason(new UnrecognizedActionError('Server Action "x" was not found'), here)).toBe('outdated')
})

test('a page under another host is told where to go, whatever came back', async () => {
  expect(lostReason(new Error('An unexpected response was received from the server.'), foreign)).toBe('elsewhere')
  expect(lostReason(await unanswered(), foreign)).toBe('elsewhere')
})

test('only a request that did not arrive blames the connection', async () => {
  expect(lostReason(await unanswered(), here)).toBe('offline')
  expect(lostReason(new Error('An unexpected response was received from the server.'), here)).toBe('unexpected')
  expect(lostReason('odd', here)).toBe('unexpected')
})
