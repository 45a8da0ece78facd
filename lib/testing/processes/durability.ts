import assert from 'node:assert/strict'
import { sql } from 'drizzle-orm'
import type { Database } from '#lib/adapters/store/engine/database.ts'

/**
 * A kill leaves what was written to the operating system; only a power cut would show that a commit did not wait for the
 * disk. So each database is asked what its commits wait for.
 */
export const expectDurable = async ({ q }: Database, databaseUrl: string) => {
  const asked = databaseUrl.startsWith('file:')
    ? q.select({ value: sql`synchronous` }).from(sql`pragma_synchronous`)
    : q.select({ value: sql`setting` }).from(sql`pg_settings`).where(sql`name = 'synchronous_commit'`)
  const [row] = await asked
  assert.ok(row?.value === 2 || row?.value === 'on', `a commit does not wait for the disk: ${row?.value}`)
}
