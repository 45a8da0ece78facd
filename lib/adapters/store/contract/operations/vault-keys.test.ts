import { describe, expect } from 'vitest'
import { vault } from '#lib/adapters/vault.ts'
import { createTenant, entryOf, exchange, noon, race } from '#lib/testing/database/fixtures.ts'
import { dialects } from '#lib/testing/database/fresh-database.ts'

describe.each(dialects)('vault keys on $dialect', ({ test }) => {
  test('a key is known by its first probe, however many processes meet it at once', async ({ store }) => {
    const { add, list } = store.vaultKeys
    expect(await list()).toEqual([])
    await race(20, (index) => add({ id: 'k1', sealedProbe: `probe ${index}`, at: noon }))
    const [first] = await list()
    expect(first?.sealedProbe).toMatch(/^probe \d+$/)
    await add({ id: 'k1', sealedProbe: 'a later probe', at: noon })
    await add({ id: 'k2', sealedProbe: 'second', at: noon })
    expect(await list()).toEqual([first, { id: 'k2', sealedProbe: 'second' }])
  })

  test('a key is let go only while nothing is sealed with it, and that is journaled', async ({ store, db }) => {
    const { add, forget, list } = store.vaultKeys
    const sealedValue = vault([{ id: 'k1', key: new Uint8Array(32) }]).seal
    const fixture = await createTenant(store)
    const sealed = await sealedValue('token', { purpose: 'access_token', tenant: 't', row: 'r', generation: 1 })
    await exchange(store, fixture, { sealedAccessToken: sealed })
    for (const id of ['k1', 'k10']) await add({ id, sealedProbe: 'probe', at: noon })
    const entry = (keyId: string) => entryOf('keys.forgotten', { detail: { keyId } })
    expect(await forget('k1', entry('k1'))).toBe(false)
    expect(await forget('k10', entry('k10'))).toBe(true)
    expect(await forget('k10', entry('k10'))).toBe(false)
    expect((await list()).map(({ id }) => id)).toEqual(['k1'])
    const entries = (await db.q.select().from(db.tables.journal)).filter(({ event }) => event === 'keys.forgotten')
    expect(entries.map(({ detail }) => detail)).toEqual([{ keyId: 'k10' }])
  })
})
