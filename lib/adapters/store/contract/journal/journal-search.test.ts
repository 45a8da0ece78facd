import { randomUUID } from 'node:crypto'
import { describe, expect } from 'vitest'
import { store as storeOf } from '#lib/adapters/store/store.ts'
import type { TenantId } from '#lib/domain/accounts/tenant.ts'
import type { JournalFilter, JournalScope, JournalTerm } from '#lib/domain/journal/journal-view.ts'
import { wholeJournal } from '#lib/domain/journal/journal-view.ts'
import { createTenant, entryOf, newUser, plus } from '#lib/testing/database/fixtures.ts'
import { dialects } from '#lib/testing/database/fresh-database.ts'
import { explain, type Sent, watchStatements } from '#lib/testing/database/statements.ts'

const all = wholeJournal
const minute = 60_000
const word: JournalTerm = {
  ...{ events: [], outcomes: [], failed: false, actors: [], people: [], providers: [] },
  ...{ tenant: null, fact: null },
}

describe.each(dialects)('the journal on $dialect', ({ test }) => {
  test('is narrowed to who did it, and to what words may stand for', async ({ store }) => {
    const { tenantId, userId, connectionId } = await createTenant(store)
    const [support, colleague, stranger] = [
      newUser(null, { name: 'Anne' }),
      newUser(tenantId, { name: 'Luc' }),
      newUser((await createTenant(store, 'Autre')).tenantId),
    ]
    for (const user of [support, colleague, stranger]) await store.accounts.addUser(user, entryOf('user.created'))
    const at = plus(minute)
    const about = { at, tenantId, connectionId: null }
    const by = (id: string) => ({ kind: 'user', userId: id }) as const
    await store.journal.append(entryOf('connection.tested', { ...about, connectionId, actor: by(userId) }))
    await store.journal.append(
      entryOf('user.invited', { ...about, actor: by(userId), detail: { userId: colleague.id, role: 'reader' } }),
    )
    await store.journal.append(entryOf('session.opened', { ...about, actor: by(colleague.id) }))
    await store.journal.append(entryOf('connection.retried', { ...about, connectionId, actor: by(support.id) }))
    await store.journal.append(entryOf('session.ended', { ...about, actor: by(stranger.id) }))
    const failing = { actor: { kind: 'system' }, outcome: 'provider_unavailable' } as const
    await store.journal.append(entryOf('token.failed', { ...about, ...failing, detail: { error: 'ECONNRESET' } }))
    const found = async (filter: Partial<JournalFilter>) => {
      const lines = await store.journal.list(tenantId, { ...all, from: at, ...filter }, null, 20)
      expect(await store.journal.count(tenantId, { ...all, from: at, ...filter })).toBe(lines.length)
      return lines.map(({ event }) => event).sort()
    }
    expect(await found({ who: { userId } })).toEqual(['connection.tested', 'user.invited'])
    expect(await found({ who: { userId: stranger.id } })).toEqual([])
    expect(await found({ who: { group: 'support' } })).toEqual(['connection.retried'])
    expect(await found({ who: { group: 'system' } })).toEqual(['token.failed'])
    expect(await found({ who: { userId }, events: ['user.invited'] })).toEqual(['user.invited'])

    const means = (term: Partial<JournalTerm>) => found({ terms: [{ ...word, ...term }] })
    expect(await means({})).toEqual([])
    expect(await means({ events: ['session.opened', 'session.ended'] })).toEqual(['session.ended', 'session.opened'])
    expect(await means({ outcomes: ['provider_unavailable'] })).toEqual(['token.failed'])
    expect(await means({ failed: true })).toEqual(['token.failed'])
    expect(await means({ people: [colleague.id] })).toEqual(['session.opened', 'user.invited'])
    expect(await means({ actors: ['support', 'system'] })).toEqual(['connection.retried', 'token.failed'])
    expect(await means({ providers: ['teamleader'] })).toEqual(['connection.retried', 'connection.tested'])
    expect(await means({ providers: ['teo'] })).toEqual([])
    expect(await means({ fact: 'econnreset' })).toEqual(['token.failed'])
    const both: JournalTerm[] = [
      { ...word, providers: ['teamleader'] },
      { ...word, people: [userId] },
    ]
    expect(await found({ terms: both })).toEqual(['connection.tested'])

    expect(await store.journal.people(tenantId)).toEqual([
      { id: colleague.id, name: 'Luc' },
      { id: userId, name: 'Marie Delvaux' },
    ])
  })

  test('over all is narrowed to customers by the words of their names; a customer’s own is not', async ({
    db,
    store,
    url,
  }) => {
    const [first, other] = [
      await createTenant(store, 'Menuiserie Vandenbroeck SA'),
      await createTenant(store, 'Atelier Peeters'),
    ]
    for (const { tenantId } of [first, other, { tenantId: null }])
      await store.journal.append(entryOf('settings.saved', { at: plus(minute), tenantId }))
    const sent: Sent[] = []
    const { journal } = storeOf(watchStatements(db, (statement) => void sent.push(statement)))
    const found = async (scope: JournalScope, ...prefixes: string[]) => {
      const terms = prefixes.map((tenant) => ({ ...word, tenant }))
      const filter = { ...all, events: ['settings.saved' as const], terms }
      return (await journal.list(scope, filter, null, 20)).map((line) => line.tenant?.name)
    }
    expect(await found('all', 'vandenb', 'menuis')).toEqual(['Menuiserie Vandenbroeck SA'])
    expect(await found('all', 'peeters')).toEqual(['Atelier Peeters'])
    expect(await found('all', 'peeters', 'menuis')).toEqual([])
    expect(await found(first.tenantId, 'vandenb')).toEqual([])
    const asked = sent.find(({ sql }) => sql.includes('search_words')) as Sent
    expect(await explain(url, asked, {})).toMatch(/search_words_word/)
  })

  test('says how far back so many entries reach', async ({ db, store }) => {
    const tenantId = randomUUID() as TenantId
    const rows = Array.from({ length: 30 }, (_, index) => ({
      ...{ id: randomUUID(), tenantId, connectionId: null, actor: 'system' as const, detail: {} },
      ...{ at: plus(Math.floor(index / 3) * minute), event: 'token.refreshed' as const, outcome: 'ok' as const },
    }))
    await db.q.insert(db.tables.journal).values(rows)
    expect(await store.journal.instantBehind(tenantId, null, null, 1)).toEqual(plus(9 * minute))
    expect(await store.journal.instantBehind(tenantId, null, null, 30)).toEqual(plus(0))
    expect(await store.journal.instantBehind(tenantId, null, null, 31)).toBeNull()
    expect(await store.journal.instantBehind(tenantId, plus(5 * minute), null, 1)).toEqual(plus(4 * minute))
    expect(await store.journal.instantBehind(tenantId, null, { at: plus(2 * minute), id: '0' }, 1)).toEqual(
      plus(minute),
    )
  })
})
