import { describe, expect } from 'vitest'
import { countWon, createTenant, entryOf, race } from '#lib/testing/database/fixtures.ts'
import { dialects } from '#lib/testing/database/fresh-database.ts'

describe.each(dialects)('the steps of the guide on $dialect', ({ test }) => {
  test('are marked by one of twenty, told once, and are the tenant’s own', async ({ db, store }) => {
    const [{ tenantId }, other] = [await createTenant(store), await createTenant(store)]
    const before = (await db.q.select().from(db.tables.journal)).length
    const mark = () => store.guide.mark(tenantId, { step: 'build', choice: null }, entryOf('guide.step_done'))
    expect(countWon(await race(20, mark))).toBe(1)
    expect(await store.guide.marks(tenantId)).toEqual([{ step: 'build', choice: null }])
    expect(await store.guide.marks(other.tenantId)).toEqual([])
    expect((await db.q.select().from(db.tables.journal)).length).toBe(before + 1)
  })

  test('keep the newest choice, and write nothing for the same one', async ({ store }) => {
    const { tenantId } = await createTenant(store)
    const choose = (choice: string) =>
      store.guide.mark(tenantId, { step: 'create', choice }, entryOf('guide.step_done'))
    expect(await choose('Pro+ Sync')).toBe(true)
    expect(await choose('Pro+ Sync')).toBe(false)
    expect(await choose('Pro+ Sync Delvaux')).toBe(true)
    expect(await store.guide.marks(tenantId)).toEqual([{ step: 'create', choice: 'Pro+ Sync Delvaux' }])
  })

  test('that the guide no longer has are no marks', async ({ db, store }) => {
    const { tenantId } = await createTenant(store)
    await db.q.insert(db.tables.guideSteps).values({ tenantId, step: 'sign_out', doneAt: new Date() })
    expect(await store.guide.marks(tenantId)).toEqual([])
  })
})
