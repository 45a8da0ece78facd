import { asc, eq } from 'drizzle-orm'
import { afterEach, beforeEach, expect, test } from 'vitest'
import { hourMs } from '#lib/domain/duration.ts'
import type { JournalEvent } from '#lib/domain/journal/journal-entry.ts'
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

const ask = (key: string) => testApp.app.manageApiKeys.authenticate(`Bearer ${key}`, undefined, 'teamleader:token', ip)

test('a known key that is refused is logged each time, and journaled for its tenant once an hour', async () => {
  const { tenantId } = await testApp.addAdmin('marie@atelier.example')
  const key = (await testApp.app.manageApiKeys.create({ name: 'Pro+', tenantId, scopes }, operator)) ?? ''
  const prefix = key.slice(3, 15)
  const wrong = `pk_${prefix}_${'A'.repeat(43)}`
  const lines = logged()
  for (let turn = 0; turn < 3; turn += 1) expect(await ask(wrong)).toEqual({ refused: 'unauthorized' })
  const told = { message: 'an API key was refused', keyRefusal: 'unauthorized', keyPrefix: prefix, tenantId, ip }
  expect(lines).toEqual([told, told, told])
  testApp.pass(hourMs)
  await ask(wrong)
  const rows = await entries('api_key.refused')
  expect(rows).toHaveLength(2)
  const detail = { prefix, error: 'unauthorized' }
  expect(rows[0]).toMatchObject({ tenantId, actor: 'back_end', address: ip, outcome: 'api_key_refused', detail })
  expect(JSON.stringify([lines, rows])).not.toContain('AAAA')
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
