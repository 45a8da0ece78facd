import { sql } from 'drizzle-orm'
import { describe, expect } from 'vitest'
import type { Database } from '#lib/adapters/store/engine/database.ts'
import { store as storeOf } from '#lib/adapters/store/store.ts'
import { type BulkRow, insertBulkRows, newBulkRow } from '#lib/testing/database/bulk-connections.ts'
import { entryOf } from '#lib/testing/database/fixtures.ts'
import { dialects } from '#lib/testing/database/fresh-database.ts'
import { explain, type Sent, watchStatements } from '#lib/testing/database/statements.ts'
import { dead, read, storeFailure, storeFresh, takeLeaseOf } from '#lib/testing/database/token-fixtures.ts'

const now = new Date()
const hour = 3_600_000

const analyse = ({ q }: Database) =>
  (q as unknown as { run?(s: unknown): unknown; execute?(s: unknown): unknown })['execute' in q ? 'execute' : 'run']?.(
    sql`ANALYZE`,
  )

describe.each(dialects)('six thousand connections on $dialect', ({ test }) => {
  test('are found by index, whatever a refresh asks', { timeout: 120_000 }, async ({ db, url }) => {
    const bulkRows = Array.from({ length: 6_000 }, newBulkRow)
    await insertBulkRows(db, bulkRows, { lifetimeMs: hour, dueInMs: (index) => (index - 20) * 100, now })
    await analyse(db)
    const sent: Sent[] = []
    const store = storeOf(watchStatements({ ...db, webhookEnabled: true }, (statement) => void sent.push(statement)))
    const [{ tenantId, tokenSetId }] = bulkRows as [BulkRow]
    const given = { tenantId, tokenSetId, provider: 'teamleader', now: now.getTime() }

    await store.tokens.read(tenantId, 'teamleader', now)
    const tokenSet = await read(store, tokenSetId)
    expect(await store.tokens.claimDue('teamleader', 8, 60_000, now)).toHaveLength(8)
    await store.tokens.takeLease(tokenSetId, 'owner', 60_000, now)
    await store.tokens.openIntent({ tokenSet, owner: 'owner' }, 'print', now)
    await store.tokens.dropLease(tokenSetId, 'owner')
    await store.tokens.touch(tokenSet, 1000, now)
    await store.tokens.skipRefresh(tokenSetId)
    await store.tokens.claimReport(tokenSet, 'refresh', 1000, now)
    const lease = await takeLeaseOf(store, tokenSetId)
    await storeFailure(store, lease, dead)
    await storeFresh(store, await takeLeaseOf(store, tokenSetId))
    const entry = entryOf('token.reported')
    await store.tokens.refuseAccess(await read(store, tokenSetId), dead.status, entry)
    await store.incidents.openOverdue(1000, now)
    await store.authorizations.listCandidates(now, 100)
    await store.incidents.listUnnotified(1000, 100, now)
    await store.incidents.listEnded(100)
    expect(await store.incidents.listBroken(tenantId)).toHaveLength(1)
    await store.outages.tally('teamleader', 1000, now)
    await store.outages.claimProbe('teamleader', 1000, now)

    const tokenRefresh = sent.filter((statement) => !statement.sql.includes('api_keys'))
    const plans = await Promise.all(tokenRefresh.map((statement) => explain(url, statement, given)))
    expect(plans.length).toBeGreaterThanOrEqual(25)
    // the outages, incidents and deliveries here are a handful of rows
    const scan =
      /\bSeq Scan on "?(tenants|clients|connections|token_sets)|^SCAN (tenants|clients|connections|token_sets)/m
    expect(plans.filter((plan) => scan.test(plan))).toEqual([])
    // what is claimed comes in the order of the index: nothing is sorted
    const claims = plans.filter((_, index) => /update .*"refresh_due_at" asc/i.test(tokenRefresh[index]?.sql ?? ''))
    expect(claims).toHaveLength(1)
    expect(claims[0]).toMatch(/token_sets_due/)
    expect(claims[0]).not.toMatch(/Sort|TEMP B-TREE/)
  })
})
