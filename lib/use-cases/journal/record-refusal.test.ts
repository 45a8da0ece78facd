import { asc, eq } from 'drizzle-orm'
import { afterEach, beforeEach, expect, test, vi } from 'vitest'
import { createContainer } from '#lib/composition/container.ts'
import { hourMs } from '#lib/domain/duration.ts'
import type { JournalEvent } from '#lib/domain/journal/journal-event.ts'
import { type AccountsApp, openAccountsApp, operator, passphrase } from '#lib/testing/app/accounts-app.ts'

let testApp: AccountsApp
beforeEach(async () => {
  testApp = await openAccountsApp()
})
afterEach(() => testApp.close())

const scopes = ['teamleader:token'] as const
const ip = '192.0.2.7'

/** The facts of every entry of one event. */
const entries = async (event: JournalEvent) => {
  const { journal } = testApp.db.tables
  return testApp.db.q.select().from(journal).where(eq(journal.event, event)).orderBy(asc(journal.at))
}

const logged = () => {
  const lines: object[] = []
  testApp.app.log.info = (message, fields) => void lines.push({ message, ...fields })
  return lines
}

const ask = (key: string) =>
  testApp.app.manageApiKeys.authenticate(`Bearer ${key}`, undefined, ['teamleader:token'], ip)

test('a known key that is refused is logged each time, and journaled for its tenant once an hour', async () => {
  const { tenantId } = await testApp.addAdmin('marie@atelier.example')
  const key = (await testApp.app.manageApiKeys.create({ name: 'Pro+', tenantId, scopes }, operator)) ?? ''
  const prefix = key.slice(3, 15)
  const wrong = `pk_${prefix}_${'A'.repeat(43)}`
  const lines = logged()
  for (let turn = 0; turn < 3; turn += 1) expect(await ask(wrong)).toEqual({ refused: 'unauthorized' })
  const line = { message: 'an API key was refused', keyRefusal: 'unauthorized', keyPrefix: prefix, tenantId, ip }
  expect(lines).toEqual([line, line, line])
  testApp.pass(hourMs)
  await ask(wrong)
  const rows = await entries('api_key.refused')
  expect(rows).toHaveLength(2)
  const detail = { prefix, error: 'unauthorized' }
  expect(rows[0]).toMatchObject({ tenantId, actor: 'back_end', address: ip, outcome: 'api_key_refused', detail })
  expect(JSON.stringify([lines, rows])).not.toContain('AAAA')
})

test('two processes write one row an hour together', async () => {
  const other = await createContainer(testApp.app.env, { clock: testApp.app.clock })
  const ask = async () => {
    for (const { recordRefusal } of [testApp.app, other])
      await recordRefusal.key({ refusal: 'unauthorized', key: null, ip })
  }
  await ask()
  expect(await entries('api_key.refused')).toHaveLength(1)
  testApp.pass(hourMs)
  await ask()
  expect(await entries('api_key.refused')).toHaveLength(2)
  await other.close()
})

test('a row that could not be written is written the next time', async () => {
  const { journal, rateLimit } = testApp.app.store
  const refuse = () => testApp.app.recordRefusal.key({ refusal: 'unauthorized', key: null, ip })
  for (const broken of [vi.spyOn(journal, 'append'), vi.spyOn(rateLimit, 'take')]) {
    broken.mockRejectedValue(new Error('away'))
    await refuse()
    broken.mockRestore()
    expect(await entries('api_key.refused')).toEqual([])
  }
  await refuse()
  expect(await entries('api_key.refused')).toHaveLength(1)
})

test('a foreign origin, a body that is too large and a limit each have a row an hour, by user or key where known', async () => {
  const { tenantId, userId } = await testApp.addAdmin('marie@atelier.example')
  const { request } = testApp.app.recordRefusal
  for (let turn = 0; turn < 2; turn += 1) {
    for (const code of ['foreign_origin', 'body_too_large'] as const)
      await request({ code, actor: { kind: 'visitor', ip } })
    await request({ code: 'mails_throttled', actor: { kind: 'user', userId, ip }, tenantId })
    await request({ code: 'body_too_large', actor: { kind: 'back_end', ip }, tenantId, prefix: '0123456789ab' })
  }
  const rows = await entries('access.refused')
  const told = rows.map(({ outcome, actor, address, tenantId: of }) => [outcome, actor, address, of].join(' '))
  expect(told.sort()).toEqual([
    `body_too_large back_end ${ip} ${tenantId}`,
    `body_too_large visitor ${ip} `,
    `foreign_origin visitor ${ip} `,
    `mails_throttled user ${ip} ${tenantId}`,
  ])
  expect(rows.find(({ actor }) => actor === 'back_end')?.detail).toEqual({ prefix: '0123456789ab' })
})

test('all unknown keys share one row an hour', async () => {
  const lines = logged()
  for (const prefix of ['0'.repeat(12), '1'.repeat(12)]) await ask(`pk_${prefix}_${'A'.repeat(43)}`)
  await ask('garbage')
  expect(lines).toHaveLength(3)
  expect(await entries('api_key.refused')).toMatchObject([{ tenantId: null, detail: { error: 'unauthorized' } }])
})

test('somebody who opens what is not theirs is journaled once an hour', async () => {
  const { tenantId, userId: id } = await testApp.addAdmin('marie@atelier.example')
  const session = await testApp.app.signIn.begin({ email: 'marie@atelier.example', password: passphrase, ip })
  const lines = logged()
  const user = { ...session.user, ip }
  await Promise.all([0, 1, 2].map(() => testApp.app.recordRefusal.user(user, 'page_refused')))
  expect(lines).toHaveLength(3)
  expect(lines[0]).toEqual({ message: 'a user was refused', failure: 'page_refused', userId: id, ip })
  expect(await entries('access.refused')).toMatchObject([
    { tenantId, userId: id, address: ip, outcome: 'page_refused' },
  ])
})

test('a limited sign-in is journaled once an hour', async () => {
  const { userId: id } = await testApp.addAdmin('marie@atelier.example')
  const guess = () => testApp.app.signIn.begin({ email: 'marie@atelier.example', password: 'a guess', ip })
  for (let turn = 0; turn < 10; turn += 1) await expect(guess()).rejects.toMatchObject({ code: 'credentials_wrong' })
  for (let turn = 0; turn < 3; turn += 1) await expect(guess()).rejects.toMatchObject({ code: 'too_many_attempts' })
  const limited = (await entries('session.refused')).filter(({ outcome }) => outcome === 'too_many_attempts')
  expect(limited).toMatchObject([{ actor: 'visitor', address: ip, detail: { userId: id } }])
})
