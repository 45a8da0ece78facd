import '#lib/commands/require-node.mjs'

import { existsSync } from 'node:fs'
import { parseArgs } from 'node:util'
import { count } from 'drizzle-orm'
import { openDatabase } from '#lib/adapters/store/engine/open-database.ts'
import { createContainer } from '#lib/composition/container.ts'
import { parseEnv } from '#lib/composition/env.ts'
import { seedTenants } from '../database/seed-tenants.ts'

/** `npm run seed -- 100000`: invented customers in every state, to see and to measure the console at its full size. */

const explain = (line: string) => process.stderr.write(`${line}\n`)

/** A database with more tenants than this is somebody's. */
const few = 100
const atOnce = 5_000

const readArguments = () => {
  const { values, positionals } = parseArgs({ allowPositionals: true, options: { more: { type: 'boolean' } } })
  const wanted = Number(positionals[0])
  if (positionals.length !== 1 || !Number.isInteger(wanted) || wanted < 1 || wanted > 1_000_000)
    throw new Error('Usage: npm run seed -- NUMBER [--more]')
  return { wanted, more: values.more === true }
}

const seed = async ({ wanted, more }: ReturnType<typeof readArguments>) => {
  const env = parseEnv(process.env)
  // a new database is made with its keys, or no process would open it later
  const app = await createContainer(env, { logTo: 'stderr', onKeysMade: (file) => explain(`Keys made in ${file}.`) })
  await app.close()
  const db = await openDatabase(env.databaseUrl)
  try {
    const [row] = await db.q.select({ n: count() }).from(db.tables.tenants)
    const there = row?.n ?? 0
    if (there > few && !more) throw new Error(`There are ${there} tenants here already: say --more to add to them.`)
    const now = new Date()
    for (let from = there; from < there + wanted; from += atOnce) {
      await seedTenants(db, from, Math.min(from + atOnce, there + wanted), now)
      explain(`${Math.min(from + atOnce, there + wanted) - there} of ${wanted}`)
    }
  } finally {
    await db.close()
  }
}

for (const file of ['.env.local', '.env']) if (existsSync(file)) process.loadEnvFile(file)

try {
  await seed(readArguments())
} catch (error) {
  explain(error instanceof Error ? error.message : 'Something unexpected happened.')
  process.exitCode = 1
}
