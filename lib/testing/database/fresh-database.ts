import { randomUUID } from 'node:crypto'
import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { inject, test } from 'vitest'
import type { Database } from '#lib/adapters/store/engine/database.ts'
import { openDatabase } from '#lib/adapters/store/engine/open-database.ts'
import { store } from '#lib/adapters/store/store.ts'
import type { Store } from '#lib/ports/deps.ts'
import { createDatabase, dropDatabase, emptyDatabase } from './postgres-databases.ts'

/** A place for one database, and how to leave no trace of it. */
interface Place {
  url: string
  remove(): Promise<void>
}

const places = {
  SQLite: async (): Promise<Place> => {
    const folder = await mkdtemp(join(tmpdir(), 'porte-cles-sqlite-'))
    return { url: `file:${join(folder, 'test.db')}`, remove: () => rm(folder, { recursive: true, force: true }) }
  },
  PostgreSQL: async (): Promise<Place> => {
    const { url, template } = inject('postgres')
    const name = `porte_cles_${randomUUID().replaceAll('-', '')}`
    return { url: await createDatabase(url, name, template), remove: () => dropDatabase(url, name) }
  },
}

/** A new PostgreSQL database takes a third of a second, so the tests of a file empty one in turn. */
const clear = { SQLite: async () => {}, PostgreSQL: emptyDatabase }

type Dialect = keyof typeof places

interface Fresh {
  place: Place
  url: string
  db: Database
  store: Store
}

/** A `test` whose every run has a migrated, empty database of its own. */
const testOn = (dialect: Dialect) =>
  test.extend<Fresh>({
    place: [
      // biome-ignore lint/correctness/noEmptyPattern: vitest reads the names from the pattern
      async ({}, use) => {
        const place = await places[dialect]()
        await use(place)
        await place.remove()
      },
      { scope: dialect === 'PostgreSQL' ? 'file' : 'test' },
    ],
    url: async ({ place }, use) => {
      await clear[dialect](place.url)
      await use(place.url)
    },
    db: async ({ url }, use) => {
      const db = await openDatabase(url)
      await use(db)
      await db.close()
    },
    store: ({ db }, use) => use(store(db)),
  })

/** For `describe.each`: each dialect with its `test`. */
export const dialects = [
  { dialect: 'SQLite', test: testOn('SQLite') },
  { dialect: 'PostgreSQL', test: testOn('PostgreSQL') },
] as const
