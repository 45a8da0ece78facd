import { expect, test } from 'vitest'
import { sendWithSecrets } from './client-secrets.ts'
import type { TokenOutcome } from './token-response.ts'

const unknown: TokenOutcome = { kind: 'misconfigured', status: 401, error: 'invalid_client', hint: null }
const dead: TokenOutcome = { kind: 'grant_dead', status: 400, error: 'invalid_grant', hint: null }
const lost: TokenOutcome = { kind: 'ambiguous', status: null }
const fresh: TokenOutcome = {
  kind: 'rotated',
  tokens: { accessToken: 'a', refreshToken: 'r', lifetimeS: 3600 },
}

/** Answers in turn, and notes with which secret it was asked. */
const endpoint = (...answers: TokenOutcome[]) => {
  const asked: string[] = []
  const send = async (secret: string) => ({ outcome: answers[asked.push(secret) - 1] ?? fresh })
  return { asked, send }
}

test.each([
  ['a secret that is known is the only one sent', [fresh], ['one'], 'rotated'],
  ['the second is sent when the first is not known', [unknown, fresh], ['one', 'two'], 'rotated'],
  ['each is sent once', [unknown, unknown, fresh], ['one', 'two'], 'misconfigured'],
  ['a refused grant is no question of the secret', [dead, fresh], ['one'], 'grant_dead'],
  ['what may have been spent is not sent again', [lost, fresh], ['one'], 'ambiguous'],
] as const)('%s', async (_, answers, secrets, kind) => {
  const { asked, send } = endpoint(...answers)
  expect((await sendWithSecrets(['one', 'two'], send)).outcome.kind).toBe(kind)
  expect(asked).toEqual(secrets)
})

test('a second one that may not leave any more is not sent', async () => {
  const { asked, send } = endpoint(unknown, fresh)
  const late = { outcome: { kind: 'not_sent' } } as const
  expect(await sendWithSecrets<{ outcome: TokenOutcome }>(['one', 'two'], send, () => late)).toBe(late)
  expect(asked).toEqual(['one'])
})
