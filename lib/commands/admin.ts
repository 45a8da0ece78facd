import './require-node.mjs'

import { type Container, createContainer } from '#lib/composition/container.ts'
import { parseEnv } from '#lib/composition/env.ts'
import { addApiKey, listApiKeys, revokeApiKey } from './admin/api-keys.ts'
import { runBackup, runQuarantine, runRestore } from './admin/backup.ts'
import { examineAll } from './admin/doctor.ts'
import { forgetKey, listKeys, rotateKeys } from './admin/keys.ts'
import { runMove } from './admin/move.ts'
import { addTenant, eraseTenant, exportTenant } from './admin/tenants.ts'
import { addUser, disableUser, eraseUser, exportUser, resetSecondFactor, unbindOidc } from './admin/users.ts'
import { sentenceOf, UsageError } from './cli-error.ts'
import { loadEnvFiles } from './env-files.ts'

const usage = `Usage: npm run -s admin -- COMMAND
  tenants add NAME [--ref REF]
  tenants export ID FILE
  tenants erase ID
  users add EMAIL --role admin|support [--tenant ID] [--password-stdin]
  users disable EMAIL
  users export EMAIL
  users erase EMAIL
  users reset-second-factor EMAIL
  users unbind-oidc EMAIL
  api-keys add NAME [--tenant ID] --scope PROVIDER:VERB… [--expires DATE]
  api-keys list
  api-keys revoke PREFIX
  keys list
  keys rotate
  keys forget ID
  backup FILE
  restore FILE [--replace]
  quarantine
  migrate
  move DATABASE_URL
  doctor [--json]`

const commands: Record<string, (args: string[], container: Container) => Promise<string>> = {
  'tenants add': addTenant,
  'tenants export': exportTenant,
  'tenants erase': eraseTenant,
  'users add': addUser,
  'users export': exportUser,
  'users erase': eraseUser,
  'users disable': disableUser,
  'users reset-second-factor': resetSecondFactor,
  'users unbind-oidc': unbindOidc,
  'api-keys add': addApiKey,
  'api-keys list': listApiKeys,
  'api-keys revoke': revokeApiKey,
  'keys list': listKeys,
  'keys rotate': rotateKeys,
  'keys forget': forgetKey,
  // opening it did, by an account that may change tables where the one that serves may not
  migrate: async () => 'The database is current.',
}

const explain = (line: string) => {
  process.stderr.write(`${line}\n`)
}

/** These open the database in their own way, or none. */
const alone: Record<string, (args: string[]) => Promise<string>> = {
  backup: runBackup,
  restore: runRestore,
  move: (args) => runMove(args, explain),
}

/** These look, and change nothing: no database, no key and no table is made for them. */
const looking: readonly string[] = ['api-keys list', 'keys list']

const runComposed = async (readOnly: boolean, run: (container: Container) => Promise<string>) => {
  const container = await createContainer(parseEnv(process.env), {
    logTo: 'stderr',
    readOnly,
    onKeysMade: (file) => explain(`New database: its keys were made in ${file}.`),
  })
  try {
    process.stdout.write(`${await run(container)}\n`)
  } finally {
    await container.close()
  }
}

const run = async (args: string[]): Promise<number> => {
  if (args[0] === 'doctor' && (args.length === 1 || (args.length === 2 && args[1] === '--json'))) {
    const { report, healthy } = await examineAll({ json: args.length === 2 })
    process.stdout.write(`${report}\n`)
    return healthy ? 0 : 1
  }
  const [first = '', ...rest] = args
  if (Object.hasOwn(alone, first)) {
    process.stdout.write(`${await alone[first]?.(rest)}\n`)
    return 0
  }
  if (first === 'quarantine') {
    await runComposed(false, (container) => runQuarantine(rest, container))
    return 0
  }
  const name = args.slice(0, 2).join(' ')
  const command = commands[name]
  if (!command) throw new UsageError(args.length === 0 ? 'Which command?' : 'There is no such command.')
  await runComposed(looking.includes(name), (container) => command(args.slice(2), container))
  return 0
}

const isUsageError = (error: unknown) =>
  error instanceof UsageError ||
  (error instanceof TypeError && 'code' in error && /^ERR_PARSE_ARGS/.test(String(error.code)))

loadEnvFiles()

try {
  process.exitCode = await run(process.argv.slice(2))
} catch (error) {
  if (isUsageError(error)) explain(`${(error as Error).message}\n${usage}`)
  else explain(sentenceOf(error))
  process.exitCode = isUsageError(error) ? 2 : 1
}
