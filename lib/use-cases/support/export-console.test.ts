import { describe, expect } from 'vitest'
import { store as storeOf } from '#lib/adapters/store/store.ts'
import type { SupportUser } from '#lib/domain/accounts/user.ts'
import { wholeJournal } from '#lib/domain/journal/journal-view.ts'
import type { ConsoleView } from '#lib/domain/support/console-view.ts'
import { fillTenants } from '#lib/testing/database/bulk-tenants.ts'
import { dialects } from '#lib/testing/database/fresh-database.ts'
import { exportConsole } from './export-console.ts'

const support = { id: 'anne', role: 'support' } as SupportUser
const view: ConsoleView = {
  ...{ prefixes: [], urgency: null, provider: null, failedSince: null },
  sort: { by: 'name', descending: false },
}

describe.each(dialects)('the list of support as a file on $dialect', ({ test }) => {
  test('holds each connection of the filter once, in its order, however many pages they are', async ({ db }) => {
    const now = new Date()
    await fillTenants(db, 450, now)
    const store = storeOf(db)
    const exporting = exportConsole({ store, clock: { now: () => now } })
    const take = async (narrowed: Partial<ConsoleView>) => {
      const rows = []
      for await (const batch of await exporting(support, { ...view, ...narrowed })) rows.push(...batch)
      return rows
    }
    const all = await take({})
    const whole = (await store.console.list(view, null, 2_000)).rows
    expect(all.map(({ place }) => place.id)).toEqual(whole.map(({ place }) => place.id))
    expect(all.length).toBeGreaterThan(400)
    const broken = await take({ urgency: 'reconnect_required' })
    expect(broken.length).toBe(whole.filter(({ urgency }) => urgency === 'reconnect_required').length)
    const entries = await store.journal.list('all', { ...wholeJournal, events: ['console.exported'] }, null, 5)
    expect(entries).toHaveLength(2)
  })
})
