import { setTimeout as sleep } from 'node:timers/promises'
import BetterSqlite3 from 'better-sqlite3'
import { openDatabase } from '#lib/adapters/store/engine/open-database.ts'
import { store as openStore } from '#lib/adapters/store/store.ts'
import { wholeJournal } from '#lib/domain/journal/journal-view.ts'
import { createTenant } from '../database/fixtures.ts'

/**
 * A process of its own, run with `--expose-gc`, that leaves prepared statements to the garbage collector: version 12 of the
 * driver aborted Node 24 there. `prepared COUNT` prepares that many, `reads SECONDS` reads as the app does.
 */

const collect = globalThis.gc
if (!collect) throw new Error('run with --expose-gc')

const prepareMany = (count: number) => {
  const client = new BetterSqlite3(':memory:')
  for (let nth = 0; nth < count; nth += 1) {
    client.prepare(`select ${nth} as nth where 1 = ?`).get(1)
    if (nth % 2000 === 0) collect()
  }
  client.close()
}

const readMany = async (seconds: number) => {
  const db = await openDatabase('file::memory:')
  const store = openStore(db)
  const { tenantId, connectionId } = await createTenant(store)
  const until = performance.now() + seconds * 1000
  let reads = 0
  while (performance.now() < until) {
    await store.journal.recent(tenantId, connectionId, 20)
    await store.journal.list(tenantId, wholeJournal, null, 20)
    await store.accounts.findTenant(tenantId)
    await store.console.count(new Date(0))
    reads += 4
    if (reads % 100 === 0) {
      collect()
      await sleep(0)
    }
  }
  await db.close()
  process.stdout.write(`${reads} reads\n`)
}

const [verb, amount] = process.argv.slice(2)
if (verb === 'prepared') prepareMany(Number(amount))
else await readMany(Number(amount))
