import { oidcProvider } from '#lib/adapters/accounts/oidc.ts'
import { passwords } from '#lib/adapters/accounts/passwords.ts'
import { totpCodes } from '#lib/adapters/accounts/totp.ts'
import { webAuthn } from '#lib/adapters/accounts/web-authn.ts'
import { jsonLog } from '#lib/adapters/log.ts'
import { mailer } from '#lib/adapters/mail.ts'
import { markFile } from '#lib/adapters/mark-file.ts'
import type { OnStatement } from '#lib/adapters/store/engine/database.ts'
import { openDatabase } from '#lib/adapters/store/engine/open-database.ts'
import { store } from '#lib/adapters/store/store.ts'
import { systemClock, systemRandom } from '#lib/adapters/system.ts'
import { teamleader } from '#lib/adapters/teamleader.ts'
import { teamleaderV1 } from '#lib/adapters/teamleader-v1.ts'
import { processMetrics } from '#lib/adapters/telemetry/metrics.ts'
import { startTracing, stopTracing, tracing } from '#lib/adapters/telemetry/process-tracing.ts'
import { teo } from '#lib/adapters/teo.ts'
import { vault } from '#lib/adapters/vault.ts'
import { webhookReceiver } from '#lib/adapters/webhook.ts'
import { zip } from '#lib/adapters/zip.ts'
import type { Clock, Deps } from '#lib/ports/deps.ts'
import { type DetectOlderDatabase, detectOlderDatabase } from '#lib/use-cases/operations/detect-older-database.ts'
import { databaseFile, findKeys, markOf } from './encryption-keys.ts'
import { type Env, env as processEnv } from './env.ts'
import { callLimits } from './http/call-limits.ts'
import { requestId } from './http/request-id.ts'
import { renderMail } from './mail/mail-templates.ts'
import { oidcRedirectUri } from './settings/oidc-settings.ts'
import { type ObserveCall, observedProvider } from './telemetry/observed-provider.ts'
import { useCases } from './use-cases.ts'
import { probingVault, verifyKeys } from './verify-keys.ts'

export interface ContainerOptions {
  clock?: Clock
  monotonicMs?: () => number
  /** `stderr` for commands, whose standard output is their result alone. */
  logTo?: 'stdout' | 'stderr'
  /** Told the file of keys that a first boot made. */
  onKeysMade?: (file: string) => void
  /** For a command that looks: nothing is made, migrated or written, and keys that do not fit are no obstacle. */
  readOnly?: boolean
  /** Told every statement: a measurement counts them. */
  onStatement?: OnStatement
}

/**
 * Opens the database the settings name, migrated, with its keys verified.
 *
 * @throws RefusedBoot when keys are missing or wrong
 */
export const createContainer = async (env: Env, given: ContainerOptions = {}) => {
  const { readOnly, onStatement } = given
  const { encryptionKeys, nextAuthSecret, madeFile } = findKeys(env, { readOnly })
  if (madeFile) given.onKeysMade?.(madeFile)
  const monotonicMs = given.monotonicMs ?? (() => performance.now())
  const clock = given.clock ?? systemClock
  const metrics = processMetrics()
  if (env.tracesEndpoint && !readOnly) await startTracing(env.tracesEndpoint)
  const observe: ObserveCall = async (provider, operation, call) => {
    const fromMs = monotonicMs()
    const traces = tracing()
    try {
      return await (traces ? traces.run({ name: `${provider} ${operation}`, kind: 'client' }, call) : call())
    } finally {
      metrics.providerAnswered(provider, operation, monotonicMs() - fromMs)
    }
  }
  const dialect = databaseFile(env) === null ? 'postgresql' : 'sqlite'
  let older: DetectOlderDatabase | undefined
  const ours = store(
    { ...(await openDatabase(env.databaseUrl, { onStatement, readOnly })), webhookEnabled: env.webhook !== null },
    monotonicMs,
    () => older?.noteStored(),
    (operation, ms) => {
      metrics.databaseAnswered(operation, ms)
      tracing()?.note({ name: operation, kind: 'client', attributes: { 'db.system.name': dialect } }, ms)
    },
  )
  const deps: Deps = {
    store: ours,
    providers: {
      teamleader: observedProvider('teamleader', teamleader(env.teamleader), observe),
      'teamleader-v1': observedProvider('teamleader-v1', teamleaderV1(env.teamleaderV1Url), observe),
      teo: observedProvider('teo', teo(env.teo), observe),
    },
    publicUrl: env.publicUrl,
    journalRetentionDays: env.journalRetentionDays,
    vault: probingVault(vault(encryptionKeys), { store: ours, clock }),
    clock,
    monotonicMs,
    random: systemRandom,
    passwords: passwords(),
    signInPolicy: env.signInPolicy,
    totp: totpCodes(),
    webAuthn: webAuthn(env.publicUrl),
    oidc: env.oidc && oidcProvider(env.oidc, oidcRedirectUri(env.publicUrl)),
    mailer: mailer(env.mail),
    renderMail: (mail, reader) => renderMail(mail, reader, env.publicUrl),
    webhook: env.webhook && webhookReceiver(env.webhook),
    zip,
    log: jsonLog(env.logLevel, given.logTo ?? 'stdout', requestId),
    meter: metrics.meter,
  }
  try {
    if (!readOnly) await verifyKeys(deps)
  } catch (error) {
    await deps.store.close()
    throw error
  }
  const composed = useCases(deps)
  const file = databaseFile(env)
  const olderDatabase = detectOlderDatabase(deps, file === null ? null : markFile(markOf(file)))
  older = olderDatabase
  const close = async () => {
    if (!readOnly) {
      await composed.countKeyUses.flush()
      await composed.noteTokenUses.flush()
      await composed.countKeyUses.journal()
      await olderDatabase.settle()
    }
    await deps.store.close()
    await stopTracing()
  }
  return {
    ...deps,
    ...composed,
    callLimits: callLimits(env.callRates, monotonicMs),
    ...{ olderDatabase, metrics, env, nextAuthSecret, close },
  }
}

export type Container = Awaited<ReturnType<typeof createContainer>>

// pages and instrumentation are separate module graphs of one process
const slot = globalThis as typeof globalThis & { porteClesContainer?: Promise<Container> | undefined }

/** The one container of this process, opened at first use; a failed opening is tried again. */
export const container = (given?: ContainerOptions): Promise<Container> => {
  slot.porteClesContainer ??= createContainer(processEnv(), given).catch((error: unknown) => {
    slot.porteClesContainer = undefined
    throw error
  })
  return slot.porteClesContainer
}
