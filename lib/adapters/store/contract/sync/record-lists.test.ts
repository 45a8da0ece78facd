import { eq } from 'drizzle-orm'
import { describe, expect } from 'vitest'
import type { Database } from '#lib/adapters/store/engine/database.ts'
import type { RecordView } from '#lib/domain/sync/records/record-view.ts'
import { recordPrefixesOf } from '#lib/domain/sync/records/record-words.ts'
import type { Store } from '#lib/ports/deps.ts'
import { createTenant, noon, plus } from '#lib/testing/database/fixtures.ts'
import { dialects } from '#lib/testing/database/fresh-database.ts'
import { bulkId, fillRecords, handCopy } from '#lib/testing/sync/bulk-records.ts'

const byName: RecordView = { prefixes: [], status: null, facet: null, sort: { by: 'name', descending: false } }

const rowsOf = (...names: string[]) =>
  names.map((name, index) => ({
    ...{ id: bulkId(index), name, status: index % 3 === 2 ? 'deactivated' : 'active' },
    ...{ language: index % 2 ? 'nl' : 'fr', vat_number: `BE 0457.741.51${index}`, iban: 'BE68539007547034' },
    updated_at: plus(index * 1_000).toISOString(),
  }))

/** Two tenants, each with a copy of companies. */
const twoCopies = async (db: Database, store: Store) => {
  const [ours, theirs] = [await createTenant(store, 'Un'), await createTenant(store, 'Deux')]
  const [copy, foreign] = [
    await handCopy(db, { ...ours, list: 'companies' }, noon),
    await handCopy(db, { ...theirs, list: 'companies' }, noon),
  ]
  await foreign.page(rowsOf('Verbeke Transport', 'Garage Peeters'))
  await copy.page(rowsOf('Établissements Vandenbroeck', 'Verbeke Transport NV', 'Zinc', 'œillet'))
  const of = { tenantId: ours.tenantId, list: 'companies' } as const
  const names = async (view: Partial<RecordView>) =>
    (await store.records.list(of, { ...byName, ...view }, null, 50)).rows.map(({ name }) => name)
  return { copy, of, theirs: { tenantId: theirs.tenantId, list: 'companies' } as const, names }
}

const all = ['Établissements Vandenbroeck', 'œillet', 'Verbeke Transport NV', 'Zinc']

describe.each(dialects)('copied records on $dialect', ({ test }) => {
  test('are found by beginnings of their words, and numbers in any spelling; no other tenant’s are', async ({
    db,
    store,
  }) => {
    const { names, of, theirs } = await twoCopies(db, store)
    const typed = async (text: string) => names({ prefixes: recordPrefixesOf(text) })
    expect(await names({})).toEqual(all)
    expect(await typed('VERB')).toEqual(['Verbeke Transport NV'])
    expect(await typed('oei')).toEqual(['œillet'])
    expect(await typed('trans verb')).toEqual(['Verbeke Transport NV'])
    expect(await typed('0457.741.512')).toEqual(['Zinc'])
    expect(await typed('be0457741512')).toEqual(['Zinc'])
    for (const nothing of ['peeters', 'be685', 'zinc verbeke']) expect(await typed(nothing), nothing).toEqual([])
    const [foreign] = (await store.records.list(theirs, byName, null, 1)).rows
    expect(await store.records.find(theirs, foreign?.n ?? 0)).toMatchObject({ name: 'Garage Peeters' })
    expect(await store.records.find(of, foreign?.n ?? 0)).toBeNull()
    expect((await store.records.named(of, [bulkId(2), bulkId(1), 'x'])).map(({ name }) => name)).toEqual([
      'Verbeke Transport NV',
      'Zinc',
    ])
  })

  test('are found by what they hold now, and no longer once they are deleted', async ({ db, store }) => {
    const { copy, names, of } = await twoCopies(db, store)
    await copy.page(rowsOf('Anciens Établissements'))
    expect(await names({ prefixes: ['vandenbroeck'] })).toEqual([])
    expect(await names({ prefixes: ['anc'] })).toEqual(['Anciens Établissements'])
    const [found] = (await store.records.list(of, { ...byName, prefixes: ['anc'] }, null, 1)).rows
    await copy.write({ deleted: [bulkId(0)] })
    expect(await names({ prefixes: ['etab'] })).toEqual([])
    expect(await store.records.find(of, found?.n ?? 0)).toBeNull()
    const { companyWords } = db.tables
    expect(
      await db.q
        .select()
        .from(companyWords)
        .where(eq(companyWords.record, found?.n ?? 0)),
    ).toEqual([])
    // it came back, and is purged with what it is found by
    await copy.page(rowsOf('Anciens Établissements'))
    expect(await names({ prefixes: ['anc'] })).toEqual(['Anciens Établissements'])
    await copy.write({ purged: [found?.n ?? 0] })
    expect(
      await db.q
        .select()
        .from(companyWords)
        .where(eq(companyWords.record, found?.n ?? 0)),
    ).toEqual([])
  })

  test('are narrowed by status and language, of which there are these', async ({ db, store }) => {
    const { names, of } = await twoCopies(db, store)
    expect(await names({ status: 'deactivated' })).toEqual(['Zinc'])
    expect(await names({ facet: 'nl' })).toEqual(['œillet', 'Verbeke Transport NV'])
    expect(await names({ facet: 'nl', status: 'deactivated' })).toEqual([])
    expect(await names({ facet: 'nl', prefixes: ['ver'] })).toEqual(['Verbeke Transport NV'])
    expect(await store.records.values(of, 'status', 10)).toEqual(['active', 'deactivated'])
    expect(await store.records.values(of, 'facet', 1)).toEqual(['fr'])
  })

  test('are walked whole in pages, there and back, and in slices, whatever the order', async ({ db, store }) => {
    const tenant = await createTenant(store)
    const of = { tenantId: tenant.tenantId, list: 'contacts' } as const
    await fillRecords(db, { ...tenant, list: 'contacts' }, 30, noon)
    for (const by of ['name', 'updated'] as const)
      for (const descending of [false, true])
        for (const more of [{}, { prefixes: ['personne'] }, { status: 'active' }]) {
          const view: RecordView = { ...byName, ...more, sort: { by, descending } }
          const { rows: whole } = await store.records.list(of, view, null, 50)
          const walk = async (backward: boolean, from: (typeof whole)[number] | undefined) => {
            const seen = []
            for (let place = from?.place; place; ) {
              const { rows } = await store.records.list(of, view, { place, backward }, 4)
              if (backward) rows.reverse()
              seen.push(...rows)
              place = rows.at(-1)?.place
            }
            return seen
          }
          expect(await walk(false, whole[0])).toEqual(whole.slice(1))
          expect(await walk(true, whole.at(-1))).toEqual(whole.slice(0, -1).reverse())
          const sliced = []
          let slice = await store.records.slice(of, view, null, 7)
          sliced.push(...slice.rows)
          while (slice.after) {
            slice = await store.records.slice(of, view, slice.after, 7)
            sliced.push(...slice.rows)
          }
          expect(sliced).toEqual(whole)
        }
  })

  test('beyond a thousand are said to be more, and all of them are in the slices', async ({ db, store }) => {
    const tenant = await createTenant(store)
    const of = { tenantId: tenant.tenantId, list: 'companies' } as const
    const copy = await handCopy(db, { ...tenant, list: 'companies' }, noon)
    const many = Array.from({ length: 1_100 }, (_, n) => ({ id: bulkId(n), name: `Commun ${n}` }))
    await copy.page(many)
    const view = { ...byName, prefixes: ['commun'] }
    expect(await store.records.list(of, view, null, 1)).toMatchObject({ matched: 1_000, partial: true })
    expect(await store.records.list(of, { ...view, prefixes: ['1099'] }, null, 1)).toMatchObject({
      matched: 1,
      partial: false,
    })
    const ids = new Set<string>()
    for (let slice = await store.records.slice(of, view, null, 500); ; ) {
      for (const { id } of slice.rows) ids.add(id)
      if (!slice.after) break
      slice = await store.records.slice(of, view, slice.after, 500)
    }
    expect(ids.size).toBe(1_100)
  })
})
