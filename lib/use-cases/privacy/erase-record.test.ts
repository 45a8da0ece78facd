import { eq } from 'drizzle-orm'
import { afterAll, beforeAll, describe, expect, it, vi } from 'vitest'
import { openDatabase } from '#lib/adapters/store/engine/open-database.ts'
import type { Admin } from '#lib/domain/accounts/user.ts'
import { dayMs, hourMs } from '#lib/domain/duration.ts'
import type { ClaimedList, StepWrite } from '#lib/ports/sync.ts'
import { openTestApp, type TestApp } from '#lib/testing/app/test-app.ts'
import { differences, equal, pass, settle } from '#lib/testing/sync/copied-tenant.ts'
import { type SmallCopies, smallCopies } from '#lib/testing/sync/small-copy.ts'

let testApp: TestApp
let small: SmallCopies
beforeAll(async () => {
  testApp = await openTestApp()
  small = smallCopies(testApp)
})
afterAll(() => testApp.close())

const drawn = () => {
  const [id] = small.draw(1)
  if (id === undefined) throw new Error('there is no company')
  return id
}

const touch = (id: string) => testApp.records().companies.edit([id], { name: 'Brasserie du Canal' })

/** What the database holds of a record. */
const rowOf = async ({ tenantId }: Admin, id: string) => {
  const db = await openDatabase(testApp.databaseUrl)
  const { companies } = db.tables
  const rows = await db.q.select().from(companies).where(eq(companies.providerId, id))
  const erased = await db.q.select().from(db.tables.erasedIds)
  await db.close()
  return { row: rows.find((row) => row.tenantId === tenantId), erased: erased.filter((e) => e.tenantId === tenantId) }
}

/** A step that changes nothing but what is given. */
const writeOf = (claimed: ClaimedList, change: Partial<StepWrite>): StepWrite => {
  const { checkpoint, tally, startedAt, requestedBy, failure, attempts, heldAt, accountId } = claimed
  const at = { checkpoint, tally, startedAt, requestedBy, failure, attempts, heldAt, accountId }
  return { ...at, dueInMs: 0, phase: null, entries: [], now: testApp.app.clock.now(), ...change }
}

describe('a record that was erased', () => {
  it('leaves a tombstone that the feed tells of, and no reading brings it back', async () => {
    const { admin } = await small.copied()
    const id = drawn()
    const before = await testApp.app.store.sync.find(admin.tenantId, 'companies')
    await testApp.app.eraseRecord.erase(admin, 'companies', id)
    const { row, erased } = await rowOf(admin, id)
    expect(row).toMatchObject({ name: '', sortName: '', body: null, digest: '', status: null, updatedAt: null })
    expect(row?.change).toBe((before?.change ?? 0) + 1)
    expect(erased).toMatchObject([{ kind: 'companies', erasedBy: admin.id }])
    expect(JSON.stringify(erased)).not.toContain(id)
    touch(id)
    await pass(testApp, hourMs)
    await settle(testApp)
    await testApp.app.controlSync.verify(admin, 'companies')
    await settle(testApp)
    expect(await differences(testApp, admin, 'companies')).toEqual({ ...equal, lost: [id] })
    expect(await testApp.journal(admin)).toContain('record.erased ok')
  })

  it('is counted at the provider, so that the copy is proven all the same; and once it is gone there, too', async () => {
    const { admin } = await small.copied()
    const id = drawn()
    await testApp.app.eraseRecord.erase(admin, 'companies', id)
    await pass(testApp, dayMs)
    await settle(testApp)
    const proven = (await small.statusOf(admin)).provenAt
    expect(proven?.getTime()).toBeGreaterThan(testApp.clock.now().getTime() - dayMs)
    testApp.records().companies.remove([id])
    await pass(testApp, dayMs)
    await settle(testApp)
    const again = await small.statusOf(admin)
    expect(again.provenAt?.getTime()).toBeGreaterThan(testApp.clock.now().getTime() - dayMs)
    expect(again.records).toBe(249)
  })

  it('is not stored by a page that was read before', async () => {
    const { admin } = await small.copied()
    const id = drawn()
    touch(id)
    await pass(testApp, hourMs)
    const { store, clock } = testApp.app
    // its background work may read a page just now
    const claimed = await vi.waitUntil(() => store.sync.claimList(admin.tenantId, 'companies', 60_000, clock.now()))
    await testApp.app.eraseRecord.erase(admin, 'companies', id)
    const record = {
      id,
      body: { id },
      canonical: '',
      name: 'Late',
      status: null,
      addedAt: null,
      updatedAt: null,
      added: true,
    }
    const late = writeOf(claimed, { changed: [{ ...record, digest: 'late' }] })
    expect(await store.sync.store(claimed, late)).toBe(false)
    await settle(testApp)
    expect((await rowOf(admin, id)).row?.body).toBeNull()
  })

  it('stays erased when another account was connected', async () => {
    const { admin } = await small.copied()
    const id = drawn()
    await testApp.app.eraseRecord.erase(admin, 'companies', id)
    const { store, clock } = testApp.app
    // its background work may read a page just now
    const claimed = await vi.waitUntil(() => store.sync.claimList(admin.tenantId, 'companies', 60_000, clock.now()))
    // as if the copy were of another account
    expect(await store.sync.store(claimed, writeOf(claimed, { accountId: 'another' }))).toBe(true)
    await settle(testApp)
    expect(await differences(testApp, admin, 'companies')).toEqual({ ...equal, lost: [id] })
    expect((await rowOf(admin, id)).row).toBeUndefined()
  })

  it('comes back when the admin who knows its id lifts that', async () => {
    const { admin } = await small.copied()
    const id = drawn()
    await testApp.app.eraseRecord.erase(admin, 'companies', id)
    expect(await testApp.app.eraseRecord.list(admin)).toMatchObject([{ list: 'companies', count: 1 }])
    const foreign = await testApp.addAdmin()
    for (const [who, typed] of [
      [foreign, id],
      [admin, `${id}0`],
    ] as const)
      await expect(testApp.app.eraseRecord.lift(who, 'companies', typed)).rejects.toMatchObject({
        code: 'record_not_erased',
      })
    await testApp.app.eraseRecord.lift(admin, 'companies', ` ${id} `)
    await vi.waitFor(
      async () => {
        // a list that is read just now keeps its hints for 20 s
        await pass(testApp, 21_000)
        await testApp.app.copies.followHints()
        expect(await differences(testApp, admin, 'companies')).toEqual(equal)
      },
      { timeout: 15_000 },
    )
    expect(await testApp.app.eraseRecord.list(admin)).toEqual([])
  })

  it('is erased once, and only when it is there', async () => {
    const { admin } = await small.copied()
    const id = drawn()
    await testApp.app.eraseRecord.erase(admin, 'companies', id)
    await testApp.app.eraseRecord.erase(admin, 'companies', id)
    expect(await testApp.app.eraseRecord.list(admin)).toMatchObject([{ count: 1 }])
    const foreign = await testApp.addAdmin()
    for (const [who, which] of [
      [foreign, small.draw(2)[1]],
      [admin, 'nobody'],
    ] as const)
      await expect(testApp.app.eraseRecord.erase(who, 'companies', which ?? '')).rejects.toMatchObject({
        code: 'record_unknown',
      })
  })
})
