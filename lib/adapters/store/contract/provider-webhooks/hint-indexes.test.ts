import { randomUUID } from 'node:crypto'
import { describe, expect } from 'vitest'
import { store as storeOf } from '#lib/adapters/store/store.ts'
import { firstCheckpoint } from '#lib/domain/sync/checkpoint.ts'
import { noTally } from '#lib/domain/sync/tally.ts'
import { type BulkRow, insertBulkRows, newBulkRow } from '#lib/testing/database/bulk-connections.ts'
import { analyse } from '#lib/testing/database/bulk-tenants.ts'
import { dialects } from '#lib/testing/database/fresh-database.ts'
import { explain, type Sent, watchStatements } from '#lib/testing/database/statements.ts'

const now = new Date()
const [tenants, hints, atOnce] = [500, 6_000, 500]

describe.each(dialects)('six thousand hints on $dialect', ({ test }) => {
  test('are noted, claimed, put off and forgotten by index', { timeout: 120_000 }, async ({ db, url }) => {
    const { webhookHints, syncStates } = db.tables
    const bulkRows = Array.from({ length: tenants }, newBulkRow)
    await insertBulkRows(db, bulkRows, { lifetimeMs: 3_600_000, dueInMs: (index) => index * 100, now })
    const nth = (index: number) => bulkRows[index % tenants] as BulkRow
    for (let from = 0; from < hints; from += atOnce)
      await db.q.insert(webhookHints).values(
        Array.from({ length: atOnce }, (_, at) => ({
          ...{ id: randomUUID(), tenantId: nth(from + at).tenantId, kind: 'companies' as const },
          ...{ providerId: `${from + at}`, told: 1, dueAt: new Date(now.getTime() + (from + at - 200) * 1_000) },
        })),
      )
    for (let from = 0; from < tenants; from += atOnce)
      await db.q.insert(syncStates).values(
        bulkRows.slice(from, from + atOnce).map(({ tenantId, connectionId }, at) => ({
          ...{ id: randomUUID(), tenantId, connectionId, list: 'companies' as const, provider: 'teamleader' as const },
          ...{ checkpoint: firstCheckpoint(now.getTime()), tally: noTally },
          dueAt: new Date(now.getTime() + (from + at - 20) * 60_000),
        })),
      )
    const [{ tenantId, connectionId }] = bulkRows as [BulkRow]
    await storeOf({ ...db, webhookEnabled: false }).webhooks.adopt('teamleader', now)
    await analyse(db)
    const sent: Sent[] = []
    const { webhooks, sync } = storeOf(watchStatements(db, (statement) => void sent.push(statement)))

    const told = { provider: 'teamleader', tenantId, connectionId } as const
    await webhooks.addHint(told, { kind: 'companies', id: 'new' }, 2_000, now)
    const claimed = await webhooks.claimHints(['companies', 'contacts'], 100, 20_000, now)
    expect(claimed).toHaveLength(100)
    await webhooks.putOffHints(claimed.slice(0, 2), 2_000, now)
    await webhooks.finishHints(claimed.slice(2, 4))
    await webhooks.findBySecret('hash')
    await webhooks.status(tenantId)
    const list = await sync.claimList(tenantId, 'companies', 60_000, now)
    expect(list).not.toBeNull()
    expect(await sync.claimDue(8, 60_000, now)).toHaveLength(8)
    await sync.find(tenantId, 'companies')

    const plans = await Promise.all(sent.map((statement) => explain(url, statement, {})))
    expect(plans.length).toBeGreaterThanOrEqual(12)
    const scan =
      /\bSeq Scan on "?(webhook_hints|provider_webhooks|sync_states)|^SCAN (webhook_hints|provider_webhooks|sync_states)\b(?!.* INDEX )/m
    expect(plans.filter((plan) => scan.test(plan))).toEqual([])
    // what is claimed comes in the order of the index: nothing is sorted
    const claims = plans.filter((_, at) => /update .*"due_at" asc/i.test(sent[at]?.sql ?? ''))
    expect(claims).toHaveLength(2)
    expect(claims[0]).toMatch(/webhook_hints_due/)
    // nor is what is not due looked at
    const looks = plans.filter((_, at) => /^select "id" .*"due_at" asc limit/i.test(sent[at]?.sql ?? ''))
    expect(looks).toHaveLength(2)
    for (const plan of looks) expect(plan).toMatch(/Index Cond: \(due_at <=|\(due_at<\?\)/)
    expect(claims.filter((plan) => /\bSort\b|TEMP B-TREE/.test(plan))).toEqual([])
  })
})
