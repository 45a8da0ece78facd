import { describe, expect } from 'vitest'
import { store as storeOf } from '#lib/adapters/store/store.ts'
import type { RecordSort, RecordView } from '#lib/domain/sync/records/record-view.ts'
import { analyse } from '#lib/testing/database/bulk-tenants.ts'
import { createTenant } from '#lib/testing/database/fixtures.ts'
import { dialects } from '#lib/testing/database/fresh-database.ts'
import { explain, type Sent, watchStatements } from '#lib/testing/database/statements.ts'
import { bulkId, fillRecords } from '#lib/testing/sync/bulk-records.ts'

const now = new Date()

const sorts: RecordSort[] = (['name', 'updated'] as const).flatMap((by) =>
  [false, true].map((descending) => ({ by, descending })),
)
const narrowed: Partial<RecordView>[] = [
  {},
  { status: 'deactivated' },
  { facet: 'nl' },
  { status: 'active', facet: 'fr' },
]
const searched: string[][] = [[], ['peeters'], ['pe', 'li'], ['zzzzzz']]

const views: RecordView[] = searched.flatMap((prefixes) =>
  narrowed.flatMap((more) => sorts.map((sort) => ({ prefixes, status: null, facet: null, sort, ...more }))),
)

/** A table read from one end to the other. */
const scan = /\bSeq Scan on (?!sync_states)|^SCAN (contacts|contact_words|another)\b(?!.* INDEX )/m
/** Rows that are found by their numbers. */
const byNumber = /INTEGER PRIMARY KEY|contacts_pkey/

/** Rows put in order after all were read; a bitmap tells that PostgreSQL expects a handful. */
const sorted = /USE TEMP B-TREE|\bSort\b(?![\s\S]*Bitmap)/

describe.each(dialects)('six thousand contacts of two tenants on $dialect', ({ test }) => {
  test('are listed, narrowed, searched and stored by index', { timeout: 240_000 }, async ({ db, url, store }) => {
    const [one, other] = [await createTenant(store, 'Un'), await createTenant(store, 'Deux')]
    const sent: Sent[] = []
    await fillRecords(db, { ...other, list: 'contacts' }, 3_000, now)
    const watched = watchStatements(db, (statement) => void sent.push(statement))
    const copy = await fillRecords(watched, { ...one, list: 'contacts' }, 3_000, now)
    await copy.write({ deleted: [bulkId(2_999)] })
    // PostgreSQL looks by itself; SQLite never does here
    if (!url.startsWith('file:')) await analyse(db)
    const { records } = storeOf(watched)
    const of = { tenantId: one.tenantId, list: 'contacts' } as const

    for (const view of views) {
      const { rows } = await records.list(of, view, null, 26)
      const place = rows[1]?.place
      if (!place) continue
      expect((await records.list(of, view, { place, backward: false }, 1)).rows).toEqual(rows.slice(2, 3))
      expect((await records.list(of, view, { place, backward: true }, 26)).rows).toEqual(rows.slice(0, 1))
      await records.slice(of, view, place, 500)
    }
    await records.find(of, 7)
    await records.named(of, [bulkId(1), bulkId(2)])
    await records.values(of, 'status', 10)
    await records.values(of, 'facet', 10)
    await records.copy(of)

    const distinct = new Map(sent.map((statement) => [`${statement.sql} ${statement.params.length}`, statement]))
    const read = [...distinct.values()].filter(({ sql }) => /\b(contacts|contact_words)\b/.test(sql))
    const plans = await Promise.all(read.map((statement) => explain(url, statement, {})))
    expect(plans.length).toBeGreaterThanOrEqual(40)
    expect(plans.filter((plan) => scan.test(plan))).toEqual([])
    const numbered = plans.filter((_, at) => /^select[\s\S]*"n" (in|=) /.test(read[at]?.sql ?? ''))
    expect(numbered.length).toBeGreaterThan(2)
    expect(numbered.filter((plan) => !byNumber.test(plan))).toEqual([])
    // words in common are merged in order; there are as many as records at most
    expect(plans.filter((plan) => sorted.test(plan) && !/contact_words/.test(plan))).toEqual([])
  })
})
