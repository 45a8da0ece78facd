import { describe, expect } from 'vitest'
import { noon, race } from '#lib/testing/database/fixtures.ts'
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
})
