import { oidcProvider } from '#lib/adapters/accounts/oidc.ts'
import { passwords } from '#lib/adapters/accounts/passwords.ts'
import { totpCodes } from '#lib/adapters/accounts/totp.ts'
import { webAuthn } from '#lib/adapters/accounts/web-authn.ts'
import { jsonLog } from '#lib/adapters/log.ts'
import { mailer } from '#lib/adapters/mail.ts'
import { markFile } from '#lib/adapters/mark-file.ts'
import { type OnStatement, openDatabase } from '#lib/adapters/store/engine/database.ts'
import { store } from '#lib/adapters/store/store.ts'
import { systemClock, systemRandom } from '#lib/adapters/system.ts'
import { teamleader } from '#lib/adapters/teamleader.ts'
import { teamleaderV1 } from '#lib/adapters/teamleader-v1.ts'
import { teo } from '#lib/adapters/teo.ts'
import { vault } from '#lib/adapters/vault.ts'
import { webhookReceiver } from '#lib/adapters/webhook.ts'
import type { Clock, Deps } from '#lib/ports/deps.ts'
import { limitRate } from '#lib/use-cases/accounts/rate-limit.ts'
import { countKeyUses } from '#lib/use-cases/api-keys/count-key-uses.ts'
import { manageApiKeys } from '#lib/use-cases/api-keys/manage-api-keys.ts'
import { confirmCandidate } from '#lib/use-cases/authorization/confirm-candidate.ts'
import { exchangeCode } from '#lib/use-cases/authorization/exchange-code.ts'
import { handleCallback } from '#lib/use-cases/authorization/handle-callback.ts'
import { redeemPastedCode } from '#lib/use-cases/authorization/redeem-pasted-code.ts'
import { requestClientCredentials } from '#lib/use-cases/authorization/request-client-credentials.ts'
import { resolveCandidate } from '#lib/use-cases/authorization/resolve-candidate.ts'
import { startAuthorization } from '#lib/use-cases/authorization/start-authorization.ts'
import { storeGrant } from '#lib/use-cases/authorization/store-grant.ts'
import { disconnect } from '#lib/use-cases/connections/disconnect.ts'
import { getConnection } from '#lib/use-cases/connections/get-connection.ts'
import { saveSettings } from '#lib/use-cases/connections/save-settings.ts'
import { switchConnection } from '#lib/use-cases/connections/switch-connection.ts'
import { testConnection } from '#lib/use-cases/connections/test-connection.ts'
import { trySettings } from '#lib/use-cases/connections/try-settings.ts'
import { guideProgress } from '#lib/use-cases/guide/guide-progress.ts'
import { exportJournal } from '#lib/use-cases/journal/export-journal.ts'
import { purgeExpired } from '#lib/use-cases/journal/purge-expired.ts'
import { readJournal } from '#lib/use-cases/journal/read-journal.ts'
import { recordRefusal } from '#lib/use-cases/journal/record-refusal.ts'
import { dispatchDeliveries } from '#lib/use-cases/notifications/dispatch-deliveries.ts'
import { limitMails } from '#lib/use-cases/notifications/limit-mails.ts'
import { notifyIncidents } from '#lib/use-cases/notifications/notify-incidents.ts'
import { queueDigest } from '#lib/use-cases/notifications/queue-digest.ts'
import { retryDelivery } from '#lib/use-cases/notifications/retry-delivery.ts'
import { sendMail } from '#lib/use-cases/notifications/send-mail.ts'
import { sendWebhook } from '#lib/use-cases/notifications/send-webhook.ts'
import { type DetectOlderDatabase, detectOlderDatabase } from '#lib/use-cases/operations/detect-older-database.ts'
import { manageKeys } from '#lib/use-cases/operations/manage-keys.ts'
import { resumeRestored } from '#lib/use-cases/operations/resume-restored.ts'
import { assistConnection } from '#lib/use-cases/support/assist-connection.ts'
import { countConnections } from '#lib/use-cases/support/count-connections.ts'
import { getTenant } from '#lib/use-cases/support/get-tenant.ts'
import { inspectConnection } from '#lib/use-cases/support/inspect-connection.ts'
import { listConnections } from '#lib/use-cases/support/list-connections.ts'
import { releaseAddress } from '#lib/use-cases/support/release-address.ts'
import { controlSync } from '#lib/use-cases/sync/control-sync.ts'
import { limitCalls } from '#lib/use-cases/sync/limit-calls.ts'
import { syncDue } from '#lib/use-cases/sync/sync-due.ts'
import { syncStep } from '#lib/use-cases/sync/sync-step.ts'
import { circuitBreaker } from '#lib/use-cases/tokens/circuit-breaker.ts'
import { coordinateRefresh } from '#lib/use-cases/tokens/coordinate-refresh.ts'
import { getAccessToken } from '#lib/use-cases/tokens/get-access-token.ts'
import { pendingWork } from '#lib/use-cases/tokens/pending-work.ts'
import { performRefresh } from '#lib/use-cases/tokens/perform-refresh.ts'
import { refreshDueTokens } from '#lib/use-cases/tokens/refresh-due.ts'
import { reportRejectedToken } from '#lib/use-cases/tokens/report-rejected-token.ts'
import { storePair } from '#lib/use-cases/tokens/store-pair.ts'
import { accountUseCases } from './account-use-cases.ts'
import { databaseFile, findKeys, markOf } from './encryption-keys.ts'
import { type Env, env as processEnv } from './env.ts'
import { requestId } from './http/request-id.ts'
import { renderMail } from './mail/mail-templates.ts'
import { oidcRedirectUri } from './settings/oidc-settings.ts'
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

/** The use cases, each composed of what it needs of the others. */
const useCases = (deps: Deps) => {
  const rateLimit = limitRate(deps)
  const refusals = recordRefusal(deps)
  const takeMail = limitMails(deps, rateLimit, refusals)
  const breaker = circuitBreaker(deps)
  const pending = pendingWork()
  const refreshing = performRefresh(deps, breaker, storePair(deps, breaker, pending))
  const tokenRefresh = coordinateRefresh(deps, breaker, refreshing, pending)
  const accessTokens = getAccessToken(deps, tokenRefresh)
  const candidates = resolveCandidate(deps, tokenRefresh)
  const recordGrant = storeGrant(deps, pending)
  const exchange = exchangeCode(deps, recordGrant, pending)
  const backgroundRefresh = refreshDueTokens(deps, tokenRefresh, candidates)
  const keyUses = countKeyUses(deps)
  const connections = getConnection(deps, candidates)
  const rejectedTokens = reportRejectedToken(deps, accessTokens, tokenRefresh)
  const testOne = testConnection(deps, accessTokens, rejectedTokens)
  const save = saveSettings(deps)
  const copies = syncDue(deps, syncStep(deps, limitCalls(deps), accessTokens, rejectedTokens))
  const journal = readJournal(deps)
  const inspect = inspectConnection(deps, connections)
  const requesting = requestClientCredentials(deps, recordGrant, candidates, backgroundRefresh, testOne)
  return {
    ...accountUseCases(deps, rateLimit, refusals, takeMail),
    saveSettings: save,
    startAuthorization: startAuthorization(deps),
    handleCallback: handleCallback(deps, exchange, candidates),
    redeemPastedCode: redeemPastedCode(deps, exchange, candidates),
    confirmCandidate: confirmCandidate(deps, candidates),
    resolveCandidate: candidates,
    getConnection: connections,
    inspectConnection: inspect,
    getTenant: getTenant(deps, inspect, journal),
    assistConnection: assistConnection(deps, backgroundRefresh, takeMail),
    getAccessToken: accessTokens,
    reportRejectedToken: rejectedTokens,
    requestClientCredentials: requesting,
    trySettings: trySettings(save, requesting),
    refreshDueTokens: backgroundRefresh,
    resumeRestored: resumeRestored(deps, backgroundRefresh),
    readJournal: journal,
    exportJournal: exportJournal(deps, journal),
    testConnection: testOne,
    switchConnection: switchConnection(deps),
    disconnect: disconnect(deps),
    listConnections: listConnections(deps),
    releaseAddress: releaseAddress(deps),
    countConnections: countConnections(deps),
    countKeyUses: keyUses,
    recordRefusal: refusals,
    manageApiKeys: manageApiKeys(deps, keyUses, refusals),
    guideProgress: guideProgress(deps),
    manageKeys: manageKeys(deps),
    dispatchDeliveries: dispatchDeliveries(deps, sendMail(deps), sendWebhook(deps)),
    retryDelivery: retryDelivery(deps),
    notifyIncidents: notifyIncidents(deps),
    queueDigest: queueDigest(deps),
    purgeExpired: purgeExpired(deps),
    copies,
    controlSync: controlSync(deps),
    /** No new lease and no replay; resolves when the calls in flight are over and every token pair is stored. */
    finishRefreshes: async () => {
      backgroundRefresh.close()
      refreshing.close()
      tokenRefresh.close()
      await pending.finish()
    },
  }
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
  let older: DetectOlderDatabase | undefined
  const ours = store(
    { ...(await openDatabase(env.databaseUrl, { onStatement, readOnly })), webhookEnabled: env.webhook !== null },
    monotonicMs,
    () => older?.noteStored(),
  )
  const deps: Deps = {
    store: ours,
    providers: {
      teamleader: teamleader(env.teamleader),
      'teamleader-v1': teamleaderV1(env.teamleaderV1Url),
      teo: teo(env.teo),
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
    renderMail: (mail, locale) => renderMail(mail, locale, env.publicUrl),
    webhook: env.webhook && webhookReceiver(env.webhook),
    log: jsonLog(env.logLevel, given.logTo ?? 'stdout', requestId),
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
      await composed.countKeyUses.journal()
      await olderDatabase.settle()
    }
    await deps.store.close()
  }
  return { ...deps, ...composed, olderDatabase, env, nextAuthSecret, close }
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
