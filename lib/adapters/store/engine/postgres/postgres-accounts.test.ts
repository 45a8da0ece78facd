import { randomUUID } from 'node:crypto'
import { readFileSync } from 'node:fs'
import pg from 'pg'
import { expect } from 'vitest'
import { journalEntry } from '#lib/domain/journal/journal-entry.ts'
import { dialects } from '#lib/testing/database/fresh-database.ts'
import { store as storeOf } from '../../store.ts'
import { openDatabase } from '../open-database.ts'

const [, postgres] = dialects

postgres.test('an account with the rights of docs/postgresql.md serves, and changes no table', async ({ url }) => {
  const role = `app_${randomUUID().replaceAll('-', '')}`
  const [, documented = ''] = readFileSync('docs/postgresql.md', 'utf8').match(/```sql\n([\s\S]*?)```/) ?? []
  const owner = new pg.Client({ connectionString: url })
  await owner.connect()
  await owner.query(documented.replaceAll('porte_cles_app', role).replace("'…'", "'secret'"))
  const address = new URL(url)
  Object.assign(address, { username: role, password: 'secret' })
  const db = await openDatabase(address.href)
  try {
    const { accounts, sync, personalData } = storeOf(db)
    const by = { at: new Date(), tenantId: null, actor: { kind: 'operator' } } as const
    const tenant = { id: 'tenant' as never, name: 'Atelier', ref: null }
    expect(await accounts.addTenant(tenant, journalEntry({ ...by, event: 'tenant.created' }))).toBe(true)
    expect(await sync.status(tenant.id)).toEqual([])
    await personalData.eraseTenant(tenant.id, [], journalEntry({ ...by, event: 'tenant.erased' }))
    const mine = new pg.Client({ connectionString: address.href })
    await mine.connect()
    for (const change of ['create table public.more (id text)', 'drop table sessions', 'truncate journal'])
      await expect(mine.query(change)).rejects.toMatchObject({ code: '42501' })
    await mine.end()
  } finally {
    await db.close()
    await owner.query(`drop owned by ${role}; drop role ${role}`)
    await owner.end()
  }
})
