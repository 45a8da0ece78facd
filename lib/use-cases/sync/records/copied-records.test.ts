import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import type { Admin } from '#lib/domain/accounts/user.ts'
import type { ListId } from '#lib/domain/sync/list.ts'
import type { RecordView } from '#lib/domain/sync/records/record-view.ts'
import { recordPrefixesOf } from '#lib/domain/sync/records/record-words.ts'
import { openTestApp, type TestApp } from '#lib/testing/app/test-app.ts'
import { settle } from '#lib/testing/sync/copied-tenant.ts'
import { smallCopies } from '#lib/testing/sync/small-copy.ts'

let testApp: TestApp
let admin: Admin
let clientId: string
beforeAll(async () => {
  testApp = await openTestApp()
  ;({ admin, clientId } = await smallCopies(testApp).copied())
})
afterAll(() => testApp.close())

const byName: RecordView = { prefixes: [], status: null, facet: null, sort: { by: 'name', descending: false } }
const typed = (text: string): RecordView => ({ ...byName, prefixes: recordPrefixesOf(text) })

const of = (list: ListId, { tenantId } = admin) => ({ tenantId, list })

const firstOf = async (list: ListId, view = byName) => {
  const [record] = (await testApp.app.listRecords.page(of(list), view, null)).rows
  if (!record) throw new Error(`nothing is found in ${list}`)
  return record
}

const collect = async (view: RecordView) => {
  const ids: string[] = []
  for await (const batch of await testApp.app.exportRecords(admin, 'companies', view))
    ids.push(...batch.map(({ id }) => id))
  return ids
}

describe('a list', () => {
  it('is turned page by page, there and back; beyond its end is its beginning', async () => {
    const { page } = testApp.app.listRecords
    const seen: string[] = []
    const first = await page(of('companies'), byName, null)
    let shown = first
    for (;;) {
      seen.push(...shown.rows.map(({ id }) => id))
      if (!shown.next) break
      shown = await page(of('companies'), byName, { place: shown.next, backward: false })
    }
    expect([...seen].sort()).toEqual([...testApp.records().all('companies').keys()].sort())
    expect(first.previous).toBeNull()
    const { place } = shown.rows.at(-1) as (typeof shown.rows)[number]
    expect(await page(of('companies'), byName, { place, backward: false })).toEqual(first)
    const back = await page(of('companies'), byName, { place: shown.previous ?? place, backward: true })
    expect(back.rows.map(({ id }) => id)).toEqual(seen.slice(150, 200))
  })

  it('is of its tenant alone', async () => {
    const stranger = await testApp.addAdmin()
    expect((await testApp.app.listRecords.page(of('companies', stranger), byName, null)).rows).toEqual([])
    const { n } = await firstOf('companies')
    expect(await testApp.app.store.records.find(of('companies', stranger), n)).toBeNull()
  })

  it('is counted again once one of its records is gone', async () => {
    const count = async () => {
      const copy = await testApp.app.store.records.copy(of('companies'))
      return testApp.app.listRecords.count(of('companies'), copy?.change ?? 0)
    }
    expect(await count()).toBe(250)
    const { id } = await firstOf('companies', typed('walter'))
    await testApp.app.eraseRecord.erase(admin, 'companies', id)
    testApp.clock.pass(11_000)
    expect(await count()).toBe(249)
    expect((await testApp.app.listRecords.page(of('companies'), typed('walter'), null)).rows).toEqual([])
  })
})

describe('an export', () => {
  it('holds every record that the view shows, and is journaled', async () => {
    expect((await collect(byName)).length).toBe(249)
    const { rows } = await testApp.app.listRecords.page(of('companies'), typed('menuiserie'), null)
    expect(rows.length).toBeGreaterThan(0)
    expect(await collect(typed('menuiserie'))).toEqual(rows.map(({ id }) => id))
    expect((await testApp.journal(admin)).filter((line) => line === 'list.exported ok')).toHaveLength(2)
  })

  it('of one person holds what is copied, and of nobody else’s', async () => {
    const { n, id, body } = await firstOf('contacts')
    const text = (await testApp.app.exportRecord(admin, 'contacts', n)) ?? ''
    expect(JSON.parse(text)).toMatchObject({ kind: 'contacts', id, data: body })
    expect(text).not.toMatch(/iban|birthdate/)
    expect(await testApp.app.exportRecord(await testApp.addAdmin(), 'contacts', n)).toBeNull()
    expect((await testApp.journal(admin)).filter((line) => line === 'record.exported ok')).toHaveLength(1)
  })
})

describe('whom a contact works for', () => {
  /** A contact that works for a company which is copied. */
  const employed = () => {
    for (const [id, row] of testApp.records().all('contacts')) {
      const info = testApp.records().info('contacts', id) as { companies?: { company: { id: string } }[] } | undefined
      const companyId = info?.companies?.[0]?.company.id
      if (companyId) return { id, companyId, row }
    }
    throw new Error('nobody works anywhere')
  }

  it('is asked at the provider, from either side, and costs a call', async () => {
    const { id, companyId } = employed()
    const before = await testApp.calls(clientId, 'contacts.info')
    const companies = await testApp.app.linkedRecords.companiesOf(admin.tenantId, id)
    expect(companies?.map(({ record }) => record.id)).toContain(companyId)
    expect(await testApp.calls(clientId, 'contacts.info')).toBe(before + 1)
    const contacts = await testApp.app.linkedRecords.contactsOf(admin.tenantId, companyId)
    expect(contacts?.map(({ record }) => record.id)).toContain(id)
  })

  it('is not known while the provider does not answer, or the tenant is not connected', async () => {
    const { id } = employed()
    await testApp.control.script({ clientId }, [{ on: 'contacts.info', status: 503 }])
    expect(await testApp.app.linkedRecords.companiesOf(admin.tenantId, id)).toBeNull()
    const { tenantId } = await testApp.addAdmin()
    expect(await testApp.app.linkedRecords.companiesOf(tenantId, id)).toBeNull()
  })

  it('shows nobody who was erased', async () => {
    const { id, companyId } = employed()
    await testApp.app.eraseRecord.erase(admin, 'contacts', id)
    const contacts = await testApp.app.linkedRecords.contactsOf(admin.tenantId, companyId)
    expect(contacts?.map(({ record }) => record.id)).not.toContain(id)
    await settle(testApp)
    expect(await testApp.app.store.records.named(of('contacts'), [id])).toEqual([])
  })
})
