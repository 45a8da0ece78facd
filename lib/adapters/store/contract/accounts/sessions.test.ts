import { randomUUID } from 'node:crypto'
import { describe, expect } from 'vitest'
import type { Store } from '#lib/ports/deps.ts'
import {
  countWon,
  createTenant,
  entryOf,
  newUser,
  noon,
  plus,
  race,
  sessionOf,
} from '#lib/testing/database/fixtures.ts'
import { dialects } from '#lib/testing/database/fresh-database.ts'

const live = { now: noon, seenAfter: new Date(0) }

/** Somebody, and the ids of as many open sessions. */
const enter = async (store: Store, count: number) => {
  const { tenantId } = await createTenant(store)
  const user = newUser(tenantId, { passwordHash: 'hash' })
  await store.accounts.addUser(user, entryOf('user.created'))
  const ids: string[] = []
  for (let at = 0; at < count; at += 1) {
    const session = sessionOf(user.id, { ip: '192.0.2.1' })
    const on = { verifiedHash: 'hash', newHash: null, forgiven: [], now: noon }
    await store.accounts.openSession(session, on, entryOf('session.opened'))
    ids.push(session.id)
  }
  return { user, ids }
}

describe.each(dialects)('sessions on $dialect', ({ test }) => {
  test('one of twenty requests at once gives a session its new id, and nothing else of it changes', async ({
    store,
    db,
  }) => {
    const {
      ids: [old = ''],
    } = await enter(store, 1)
    const [before] = await db.q.select().from(db.tables.sessions)
    const fresh = Array.from({ length: 20 }, () => randomUUID())
    const won = await race(20, (at) =>
      store.sessions.renew(old, { id: fresh[at] ?? '', now: plus(1000), factor: false }),
    )
    expect(countWon(won)).toBe(1)
    const id = fresh[won.indexOf(true)] ?? ''
    expect(await store.sessions.find(old, live)).toBeNull()
    expect(await store.sessions.find(id, live)).toMatchObject({ id, expiresAt: plus(60_000), factorAt: null })
    expect(await db.q.select().from(db.tables.sessions)).toEqual([{ ...before, id, confirmedAt: plus(1000) }])
    expect(await store.sessions.renew(id, { id: old, now: plus(2000), factor: true })).toBe(true)
    expect((await store.sessions.find(old, live))?.factorAt).toEqual(plus(2000))
  })

  test('a password that is changed keeps its session under the new id alone, while it is there', async ({ store }) => {
    const { user, ids } = await enter(store, 2)
    const [old = ''] = ids
    const renewedId = randomUUID()
    const change = (id: string, verifiedHash: string) =>
      store.profiles.changePassword(
        { userId: user.id, verifiedHash, newHash: 'newer', keeps: { id, renewedId }, now: noon },
        entryOf('password.changed'),
      )
    expect(await change('gone', 'hash')).toBe(false)
    expect(await change(old, 'another hash')).toBe(false)
    expect(await store.profiles.findPasswordHash(user.id)).toBe('hash')
    expect((await store.sessions.list(user.id, live)).map(({ id }) => id).toSorted()).toEqual(ids.toSorted())
    expect(await change(old, 'hash')).toBe(true)
    expect(await store.profiles.findPasswordHash(user.id)).toBe('newer')
    expect((await store.sessions.list(user.id, live)).map(({ id }) => id)).toEqual([renewedId])
  })

  test('of two sessions that change a password at once, one does, and it alone is left', async ({ store }) => {
    const { user, ids } = await enter(store, 2)
    const fresh = ids.map(() => randomUUID())
    const won = await race(2, (at) =>
      store.profiles.changePassword(
        {
          ...{ userId: user.id, verifiedHash: 'hash', newHash: `newer ${at}`, now: noon },
          keeps: { id: ids[at] ?? '', renewedId: fresh[at] ?? '' },
        },
        entryOf('password.changed'),
      ),
    )
    expect(countWon(won)).toBe(1)
    const winner = won.indexOf(true)
    expect(await store.profiles.findPasswordHash(user.id)).toBe(`newer ${winner}`)
    expect((await store.sessions.list(user.id, live)).map(({ id }) => id)).toEqual([fresh[winner]])
  })

  test('a factor is added once by a session, which goes on under the new id', async ({ store }) => {
    const {
      user,
      ids: [old = ''],
    } = await enter(store, 1)
    const add = (renewedId: string) =>
      store.factors.add(
        {
          ...{ userId: user.id, sessionId: old, renewedId, now: noon, codeHashes: null },
          factor: { kind: 'totp', sealedSecret: 'sealed', step: 1 },
        },
        entryOf('factor.added'),
      )
    expect(await add('renewed')).toBe(true)
    expect(await add('again')).toBe(false)
    expect(await store.sessions.find(old, live)).toBeNull()
    expect(await store.sessions.find('renewed', live)).toMatchObject({ factorAt: noon, hasFactor: true })
  })
})
