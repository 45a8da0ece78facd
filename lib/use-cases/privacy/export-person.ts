import type { Tenant } from '#lib/domain/accounts/tenant.ts'
import { type Actor, journalEntry } from '#lib/domain/journal/journal-entry.ts'
import { dataInventory } from '#lib/domain/privacy/data-inventory.ts'
import { listIds } from '#lib/domain/sync/list.ts'
import type { Deps, ZippedFile } from '#lib/ports/deps.ts'
import type { RowsOf } from '#lib/ports/privacy.ts'
import type { Person } from './erase-person.ts'

const pageLength = 500

const snake = (name: string) => name.replace(/[A-Z]/g, (letter) => `_${letter.toLowerCase()}`)

const lineOf = (row: Readonly<Record<string, unknown>>) =>
  JSON.stringify(Object.fromEntries(Object.entries(row).map(([name, value]) => [snake(name), value])))

const isList = (table: string) => listIds.some((list) => list === table)

/** Hands out what is kept of people and customers, without secrets; journaled before anything leaves. */
export const exportPerson = ({ store, clock, zip }: Deps) => {
  const rows = (table: string, of: RowsOf) => store.personalData.rows(table, of, pageLength)

  async function* jsonOf(table: string, of: RowsOf): AsyncGenerator<string> {
    let before = '[\n'
    for await (const page of rows(table, of)) {
      yield before + page.map(lineOf).join(',\n')
      before = ',\n'
    }
    yield before === ',\n' ? '\n]\n' : '[]\n'
  }

  async function* linesOf(table: string, of: RowsOf): AsyncGenerator<string> {
    for await (const page of rows(table, of)) yield page.map((row) => `${lineOf(row)}\n`).join('')
  }

  async function* filesOf(of: RowsOf): AsyncGenerator<ZippedFile> {
    for (const table of Object.keys(dataInventory)) {
      if (isList(table)) yield { name: `${table}.ndjson`, text: linesOf(table, of) }
      else if ((await rows(table, of)[Symbol.asyncIterator]().next()).value !== undefined)
        yield { name: `${snake(table)}.json`, text: jsonOf(table, of) }
    }
  }

  return {
    /** @returns one JSON object, a table a property; nothing of a colleague */
    user: async ({ id: userId, tenantId }: Pick<Person, 'id' | 'tenantId'>, actor: Actor): Promise<string> => {
      const at = clock.now()
      await store.journal.append(journalEntry({ at, tenantId, actor, event: 'user.exported', detail: { userId } }))
      const tables: Record<string, unknown> = {}
      for (const table of Object.keys(dataInventory)) {
        let text = ''
        for await (const piece of jsonOf(table, { userId })) text += piece
        const found = JSON.parse(text) as unknown[]
        if (found.length > 0) tables[snake(table)] = found
      }
      return `${JSON.stringify({ exported_at: at, ...tables }, null, 2)}\n`
    },

    /** @returns a zip file as it is taken: JSON for each table, NDJSON for each copied list */
    tenant: async ({ id: tenantId }: Pick<Tenant, 'id'>, actor: Actor): Promise<AsyncIterable<Uint8Array>> => {
      await store.journal.append(journalEntry({ at: clock.now(), tenantId, actor, event: 'tenant.exported' }))
      return zip(filesOf({ tenantId }))
    },
  }
}
