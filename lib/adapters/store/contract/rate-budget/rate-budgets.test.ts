import { randomUUID } from 'node:crypto'
import { describe, expect } from 'vitest'
import { openDatabase } from '#lib/adapters/store/engine/open-database.ts'
import { store as storeOn } from '#lib/adapters/store/store.ts'
import type { TenantId } from '#lib/domain/accounts/tenant.ts'
import { nothingSpent } from '#lib/domain/rate-budget/spent-calls.ts'
import type { CallWindow } from '#lib/domain/rate-budget/whose-calls.ts'
import { countWon, race } from '#lib/testing/database/fixtures.ts'
import { dialects } from '#lib/testing/database/fresh-database.ts'

const window: CallWindow = {
  provider: 'teamleader',
  clientId: 'a'.repeat(32),
  accountId: 'account-1',
  tenantId: randomUUID() as TenantId,
  connectionId: randomUUID(),
}
const now = () => new Date()
const spentAt = (...person: number[]) => ({ ...nothingSpent, calls: { ...nothingSpent.calls, person } })

describe.each(dialects)('the calls of a window on $dialect', ({ dialect, test }) => {
  test('are none at first, and then what was written', async ({ store }) => {
    const { rateBudgets } = store
    expect(await rateBudgets.read(window, now())).toMatchObject({ spent: nothingSpent, version: 0 })
    const spent = { ...spentAt(1, 2), others: { count: 7, atMs: 3 }, blockedUntilMs: 4 }
    expect(await rateBudgets.replace(window, 0, spent, now())).toBe(true)
    expect(await rateBudgets.read(window, now())).toMatchObject({ spent, version: 1 })
  })

  test('are written over by one of twenty that saw the same, in two processes', async ({ url, store }) => {
    const other = await openDatabase(url)
    await store.rateBudgets.read(window, now())
    const write = (index: number) =>
      (index % 2 ? store : storeOn(other)).rateBudgets.replace(window, 0, spentAt(index), now())
    expect(countWon(await race(20, write))).toBe(1)
    expect((await store.rateBudgets.read(window, now())).version).toBe(1)
    await other.close()
  })

  test('are of one client in one account, whichever tenant calls', async ({ store }) => {
    const { rateBudgets } = store
    await rateBudgets.read(window, now())
    await rateBudgets.replace(window, 0, spentAt(1), now())
    const same = { ...window, tenantId: randomUUID() as TenantId, connectionId: randomUUID() }
    expect((await rateBudgets.read(same, now())).version).toBe(1)
    for (const other of [
      { ...window, accountId: 'account-2' },
      { ...window, clientId: 'b'.repeat(32) },
    ])
      expect((await rateBudgets.read(other, now())).version).toBe(0)
  })

  test('are dated by the clock that all processes share', async ({ store }) => {
    const wrong = new Date(Date.now() - 3_600_000)
    await store.rateBudgets.read(window, wrong)
    const { nowMs } = await store.rateBudgets.read(window, wrong)
    const told = dialect === 'PostgreSQL' ? Date.now() : wrong.getTime()
    expect(Math.abs(nowMs - told)).toBeLessThan(5_000)
  })
})
