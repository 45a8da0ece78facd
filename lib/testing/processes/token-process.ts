import { createHash } from 'node:crypto'
import { createInterface } from 'node:readline'
import { parseArgs } from 'node:util'
import { openDatabase } from '#lib/adapters/store/engine/open-database.ts'
import { createContainer } from '#lib/composition/container.ts'
import { parseEnv } from '#lib/composition/env.ts'
import type { TenantId } from '#lib/domain/accounts/tenant.ts'
import { Failure } from '#lib/domain/failure.ts'
import { settleAfterMs } from '#lib/domain/tokens/refresh-policy.ts'
import { setTimes } from '../database/token-fixtures.ts'

/**
 * A process of its own with the real container, for tests that signal and kill: it is told on standard input, a line of
 * JSON each, what to do, and answers likewise. `--clock-ms` puts its clock so much off.
 */

interface Order {
  id: number
  /** `obtain`: so many at once. `churn`: one after the other, each at the end of the last token, until killed. */
  verb: 'obtain' | 'churn' | 'sweep'
  tenantId: TenantId
  times: number
}

const { values } = parseArgs({ options: { 'clock-ms': { type: 'string', default: '0' } } })
const offMs = Number(values['clock-ms'])
let olderMs = 0
const env = parseEnv(process.env)

const print = (line: object) => process.stdout.write(`${JSON.stringify(line)}\n`)

const app = await createContainer(env, {
  clock: { now: () => new Date(Date.now() + offMs) },
  monotonicMs: () => performance.now() + olderMs,
  logTo: 'stderr',
})
// a process that starts leaves open intents alone
olderMs = settleAfterMs

/** What a caller was given, without the token itself. */
const obtain = async (tenantId: TenantId) => {
  try {
    const { accessToken, version } = await app.getAccessToken.obtain({ tenantId, provider: 'teamleader', minTtlMs: 0 })
    return { token: createHash('sha256').update(accessToken).digest('hex').slice(0, 16), version, failure: null }
  } catch (error) {
    return { token: null, version: null, failure: error instanceof Failure ? error.code : String(error) }
  }
}

const churn = async (tenantId: TenantId) => {
  const db = await openDatabase(env.databaseUrl)
  for (;;) {
    const { failure } = await obtain(tenantId)
    if (failure) print({ churn: failure })
    const tokenSet = await app.store.tokens.read(tenantId, 'teamleader', new Date())
    if (tokenSet) await setTimes(db, tokenSet.tokenSetId, { expiresAt: -1_000 })
  }
}

const carryOut = async ({ id, verb, tenantId, times }: Order) => {
  if (verb === 'churn') return churn(tenantId)
  if (verb === 'sweep') {
    await app.refreshDueTokens.sweep()
    while ((await app.refreshDueTokens.refreshDue()) > 0);
    return print({ id, given: [] })
  }
  print({ id, given: await Promise.all(Array.from({ length: times }, () => obtain(tenantId))) })
}

createInterface({ input: process.stdin })
  .on('line', (line) => void carryOut(JSON.parse(line) as Order))
  .on('close', () => process.exit())

print({ ready: true })
