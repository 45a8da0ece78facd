import { count } from 'drizzle-orm'
import { describe, expect } from 'vitest'
import { dialects } from './fresh-database.ts'
import { seedTenants } from './seed-tenants.ts'

describe.each(dialects)('$dialect', ({ test: onDatabase }) => {
  onDatabase('takes what `npm run seed` invents', async ({ db }) => {
    await seedTenants(db, 0, 20, new Date('2026-11-27T12:00:00Z'))
    const [row] = await db.q.select({ rows: count() }).from(db.tables.tokenSets)
    expect(row?.rows).toBeGreaterThan(0)
  })
})
