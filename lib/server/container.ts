import { jsonLog } from '#lib/adapters/log.ts'
import { mailer } from '#lib/adapters/mail.ts'
import { passwords } from '#lib/adapters/passwords.ts'
import { type OnStatement, openDatabase } from '#lib/adapters/store/database.ts'
import { store } from '#lib/adapters/store/store.ts'
import { systemClock, systemRandom } from '#lib/adapters/system.ts'
import { teamleader } from '#lib/adapters/teamleader.ts'
import { teamleaderV1 } from '#lib/adapters/teamleader-v1.ts'
import { teo } from '#lib/adapters/teo.ts'
import { vault } from '#lib/adapters/vault.ts'
import { webhookReceiver } from '#lib/adapters/webhook.ts'
import type { Clock, Deps } from '#lib/ports.ts'
import { addAccounts } from '#lib/use-cases/add-accounts.ts'
import { answerCandidate } from '#lib/use-cases/answer-candidate.ts'
import { assistConnection } from '#lib/use-cases/assist-connection.ts'
import { browseConnections } from '#lib/use-cases/browse-connections.ts'
import { changeUsers } from '#lib/use-cases/change-users.ts'
import { comeBack } from '#lib/use-cases/come-back.ts'
import { countConnections } from '#lib/use-cases/count-connections.ts'
import { countKeyUses } from '#lib/use-cases/count-key-uses.ts'
import { depart } from '#lib/use-cases/depart.ts'
import { disconnect } from '#lib/use-cases/disconnect.ts'
import { enterByLink } from '#lib/use-cases/enter-by-link.ts'
import { exchangeCode } from '#lib/use-cases/exchange-code.ts'
import { exportJournal } from '#lib/use-cases/export-journal.ts'
import { followGuide } from '#lib/use-cases/follow-guide.ts'
import { forgetOld } from '#lib/use-cases/forget-old.ts'
import { handOverLink } from '#lib/use-cases/hand-over-link.ts'
import { inviteUsers } from '#lib/use-cases/invite-users.ts'
import { keepAlive } from '#lib/use-cases/keep-alive.ts'
import { keepGrant } from '#lib/use-cases/keep-grant.ts'
import { keepSettings } from '#lib/use-cases/keep-settings.ts'
import { limitGuesses } from '#lib/use-cases/limit-guesses.ts'
import { mailDelivery } from '#lib/use-cases/mail-delivery.ts'
import { manageApiKeys } from '#lib/use-cases/manage-api-keys.ts'
import { obtainToken } from '#lib/use-cases/obtain-token.ts'
import { postEvent } from '#lib/use-cases/post-event.ts'
import { raiseAlerts } from '#lib/use-cases/raise-alerts.ts'
import { redeemPastedCode } from '#lib/use-cases/redeem-pasted-code.ts'
import { refreshTokens } from '#lib/use-cases/refresh-tokens.ts'
import { renewPair } from '#lib/use-cases/renew-pair.ts'
import { replayDelivery } from '#lib/use-cases/replay-delivery.ts'
import { reportRefusedToken } from '#lib/use-cases/report-refused-token.ts'
import { requestGrant } from '#lib/use-cases/request-grant.ts'
import { requestPassword } from '#lib/use-cases/request-password.ts'
import { sendDeliveries } from '#lib/use-cases/send-deliveries.ts'
import { settleCandidate } from '#lib/use-cases/settle-candidate.ts'
import { showConnection } from '#lib/use-cases/show-connection.ts'
import { showTenant } from '#lib/use-cases/show-tenant.ts'
import { signIn } from '#lib/use-cases/sign-in.ts'
import { signInWithOidc } from '#lib/use-cases/sign-in-with-oidc.ts'
import { startFirstRun } from '#lib/use-cases/start-first-run.ts'
import { startTenants } from '#lib/use-cases/start-tenants.ts'
import { tellMorning } from '#lib/use-cases/tell-morning.ts'
import { testConnection } from '#lib/use-cases/test-connection.ts'
import { trySettings } from '#lib/use-cases/try-settings.ts'
import { watchProvider } from '#lib/use-cases/watch-provider.ts'
import { type Env, env as processEnv } from './env.ts'
import { verifyKeys } from './key-probes.ts'
import { findKeys } from './keys.ts'
import { wordMail } from './mail-words.ts'

export interface Given {
  clock?: Clock
  monotonicMs?: () => number
  /** `stderr` for commands, whose standard output is their result alone. */
  logTo?: 'stdout' | 'stderr'
  /** Told the file of keys that a first boot made. */
  onKeysMade?: (file: string) => void
  /** Told every statement: a measurement counts them. */
  onStatement?: OnStatement
}

/** The use cases, each composed of what it needs of the others. */
const useCases = (deps: Deps) => {
  const rateLimit = limitGuesses(deps)
  const circuitBreaker = watchProvider(deps)
  const performRefresh = renewPair(deps, circuitBreaker)
  const tokenRefresh = refreshTokens(deps, circuitBreaker, performRefresh)
  const accessTokens = obtainToken(deps, tokenRefresh)
  const candidates = settleCandidate(deps, tokenRefresh)
  const recordGrant = keepGrant(deps)
  const exchange = exchangeCode(deps, recordGrant)
  const links = handOverLink(deps)
  const accounts = addAccounts(deps, links)
  const backgroundRefresh = keepAlive(deps, tokenRefresh, candidates)
  const keyUses = countKeyUses(deps)
  const connections = showConnection(deps, candidates)
  const rejectedTokens = reportRefusedToken(deps, accessTokens, tokenRefresh)
  const testOne = testConnection(deps, accessTokens, rejectedTokens)
  const saveSettings = keepSettings(deps)
  const requesting = requestGrant(deps, recordGrant, candidates, backgroundRefresh, testOne)
  return {
    signIn: signIn(deps, rateLimit),
    signInWithOidc: signInWithOidc(deps, rateLimit),
    addAccounts: accounts,
    acceptInvitation: enterByLink(deps, 'invitation'),
    choosePassword: enterByLink(deps, 'password'),
    requestPassword: requestPassword(deps, links, rateLimit),
    inviteUsers: inviteUsers(deps, links),
    changeUsers: changeUsers(deps),
    startTenants: startTenants(deps, links, accounts),
    startFirstRun: startFirstRun(deps),
    keepSettings: saveSettings,
    depart: depart(deps),
    comeBack: comeBack(deps, exchange, candidates),
    redeemPastedCode: redeemPastedCode(deps, exchange, candidates),
    answerCandidate: answerCandidate(deps, candidates),
    settleCandidate: candidates,
    showConnection: connections,
    showTenant: showTenant(deps, connections),
    assistConnection: assistConnection(deps, backgroundRefresh),
    obtainToken: accessTokens,
    reportRefusedToken: rejectedTokens,
    requestGrant: requesting,
    trySettings: trySettings(saveSettings, requesting),
    keepAlive: backgroundRefresh,
    exportJournal: exportJournal(deps),
    testConnection: testOne,
    disconnect: disconnect(deps),
    browseConnections: browseConnections(deps),
    countConnections: countConnections(deps),
    countKeyUses: keyUses,
    manageApiKeys: manageApiKeys(deps, keyUses),
    followGuide: followGuide(deps),
    sendDeliveries: sendDeliveries(deps, mailDelivery(deps), postEvent(deps)),
    replayDelivery: replayDelivery(deps),
    raiseAlerts: raiseAlerts(deps),
    tellMorning: tellMorning(deps),
    forgetOld: forgetOld(deps),
    /** No new lease and no replay; resolves when the calls in flight are over. */
    finishRefreshes: async () => {
      performRefresh.close()
      await tokenRefresh.close()
    },
  }
}

/**
 * Opens the database the settings name, migrated, with its keys verified.
 *
 * @throws RefusedBoot when keys are missing or wrong
 */
export const createContainer = async (env: Env, given: Given = {}) => {
  const { encryptionKeys, nextAuthSecret, madeFile } = findKeys(env)
  if (madeFile) given.onKeysMade?.(madeFile)
  const monotonicMs = given.monotonicMs ?? (() => performance.now())
  const deps: Deps = {
    store: store(
      { ...(await openDatabase(env.databaseUrl, given.onStatement)), announces: env.webhook !== null },
      monotonicMs,
    ),
    providers: {
      teamleader: teamleader(env.teamleader),
      'teamleader-v1': teamleaderV1(env.teamleaderV1Url),
      teo: teo(env.teo),
    },
    publicUrl: env.publicUrl,
    journalRetentionDays: env.journalRetentionDays,
    vault: vault(encryptionKeys),
    clock: given.clock ?? systemClock,
    monotonicMs,
    random: systemRandom,
    passwords: passwords(),
    mailer: mailer(env.mail),
    wordMail: (mail, locale) => wordMail(mail, locale, env.publicUrl),
    webhook: env.webhook && webhookReceiver(env.webhook),
    log: jsonLog(env.logLevel, given.logTo ?? 'stdout'),
  }
  try {
    await verifyKeys(deps)
  } catch (error) {
    await deps.store.close()
    throw error
  }
  const composed = useCases(deps)
  const close = async () => {
    await composed.countKeyUses.journal()
    await deps.store.close()
  }
  return { ...deps, ...composed, env, nextAuthSecret, close }
}

export type Container = Awaited<ReturnType<typeof createContainer>>

// pages and instrumentation are separate module graphs of one process
const slot = globalThis as typeof globalThis & { porteClesContainer?: Promise<Container> | undefined }

/** The one container of this process, opened at first use; a failed opening is tried again. */
export const container = (given?: Given): Promise<Container> => {
  slot.porteClesContainer ??= createContainer(processEnv(), given).catch((error: unknown) => {
    slot.porteClesContainer = undefined
    throw error
  })
  return slot.porteClesContainer
}
