import type { Deps } from '#lib/ports/deps.ts'
import { bootstrapSupport } from '#lib/use-cases/accounts/bootstrap-support.ts'
import { choosePassword } from '#lib/use-cases/accounts/choose-password.ts'
import { confirmIdentity } from '#lib/use-cases/accounts/confirm-identity.ts'
import { createAccounts } from '#lib/use-cases/accounts/create-accounts.ts'
import { acceptInvitation } from '#lib/use-cases/accounts/invitations/accept-invitation.ts'
import { inviteUsers } from '#lib/use-cases/accounts/invitations/invite-users.ts'
import { issueInvitations } from '#lib/use-cases/accounts/invitations/issue-invitation.ts'
import { onboardTenant } from '#lib/use-cases/accounts/invitations/onboard-tenant.ts'
import { issueLinks } from '#lib/use-cases/accounts/issue-link.ts'
import { manageAccount } from '#lib/use-cases/accounts/manage-account.ts'
import { manageUsers } from '#lib/use-cases/accounts/manage-users.ts'
import { passwordSignIn } from '#lib/use-cases/accounts/password-sign-in.ts'
import { limitRate } from '#lib/use-cases/accounts/rate-limit.ts'
import { requestPasswordReset } from '#lib/use-cases/accounts/request-password-reset.ts'
import { manageSessions } from '#lib/use-cases/accounts/sessions.ts'
import { signIn, signInLimits } from '#lib/use-cases/accounts/sign-in.ts'
import { signInWithOidc } from '#lib/use-cases/accounts/sign-in-with-oidc.ts'
import { countKeyUses } from '#lib/use-cases/api-keys/count-key-uses.ts'
import { manageApiKeys } from '#lib/use-cases/api-keys/manage-api-keys.ts'
import { notifyExpiringKeys } from '#lib/use-cases/api-keys/notify-expiring-keys.ts'
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
import { manageFactors } from '#lib/use-cases/factors/manage-factors.ts'
import { secondFactor } from '#lib/use-cases/factors/second-factor.ts'
import { guideProgress } from '#lib/use-cases/guide/guide-progress.ts'
import { exportJournal } from '#lib/use-cases/journal/export-journal.ts'
import { purgeExpired } from '#lib/use-cases/journal/purge-expired.ts'
import { readJournal } from '#lib/use-cases/journal/read-journal.ts'
import { recordRefusal } from '#lib/use-cases/journal/record-refusal.ts'
import { dispatchDeliveries } from '#lib/use-cases/notifications/dispatch-deliveries.ts'
import { limitMails } from '#lib/use-cases/notifications/limit-mails.ts'
import { notifyAccountChange } from '#lib/use-cases/notifications/notify-account-change.ts'
import { notifyIncidents } from '#lib/use-cases/notifications/notify-incidents.ts'
import { queueDigest } from '#lib/use-cases/notifications/queue-digest.ts'
import { readDigest } from '#lib/use-cases/notifications/read-digest.ts'
import { retryDelivery } from '#lib/use-cases/notifications/retry-delivery.ts'
import { sendMail } from '#lib/use-cases/notifications/send-mail.ts'
import { sendWebhook } from '#lib/use-cases/notifications/send-webhook.ts'
import { manageKeys } from '#lib/use-cases/operations/manage-keys.ts'
import { measureFleet } from '#lib/use-cases/operations/measure-fleet.ts'
import { resumeRestored } from '#lib/use-cases/operations/resume-restored.ts'
import { erasePerson } from '#lib/use-cases/privacy/erase-person.ts'
import { eraseTenant } from '#lib/use-cases/privacy/erase-tenant.ts'
import { erasedIds } from '#lib/use-cases/privacy/erased-ids.ts'
import { exportPerson } from '#lib/use-cases/privacy/export-person.ts'
import { maintainWebhooks } from '#lib/use-cases/provider-webhooks/maintain-webhooks.ts'
import { receiveHint } from '#lib/use-cases/provider-webhooks/receive-hint.ts'
import { verifyAccounts } from '#lib/use-cases/provider-webhooks/verify-accounts.ts'
import { rateBudget } from '#lib/use-cases/rate-budget/rate-budget.ts'
import { askMany } from '#lib/use-cases/support/ask-many.ts'
import { assistConnection } from '#lib/use-cases/support/assist-connection.ts'
import { countConnections } from '#lib/use-cases/support/count-connections.ts'
import { exportConsole } from '#lib/use-cases/support/export-console.ts'
import { getTenant } from '#lib/use-cases/support/get-tenant.ts'
import { inspectConnection } from '#lib/use-cases/support/inspect-connection.ts'
import { listConnections } from '#lib/use-cases/support/list-connections.ts'
import { manageTenants } from '#lib/use-cases/support/manage-tenants.ts'
import { noteIncident } from '#lib/use-cases/support/note-incident.ts'
import { releaseAddress } from '#lib/use-cases/support/release-address.ts'
import { circuitBreaker } from '#lib/use-cases/tokens/circuit-breaker.ts'
import { coordinateRefresh } from '#lib/use-cases/tokens/coordinate-refresh.ts'
import { forwardCalls } from '#lib/use-cases/tokens/forward-call.ts'
import { getAccessToken } from '#lib/use-cases/tokens/get-access-token.ts'
import { noteTokenUses } from '#lib/use-cases/tokens/note-token-uses.ts'
import { pendingWork } from '#lib/use-cases/tokens/pending-work.ts'
import { performRefresh } from '#lib/use-cases/tokens/perform-refresh.ts'
import { readClientSecrets } from '#lib/use-cases/tokens/read-client-secrets.ts'
import { refreshDueTokens } from '#lib/use-cases/tokens/refresh-due.ts'
import { reportRejectedToken } from '#lib/use-cases/tokens/report-rejected-token.ts'
import { storePair } from '#lib/use-cases/tokens/store-pair.ts'
import { copyLists } from './copy-lists.ts'

/** The use cases, each composed of what it needs of the others. */
export const useCases = (deps: Deps) => {
  const rateLimit = limitRate(deps)
  const refusals = recordRefusal(deps)
  const takeMail = limitMails(deps, rateLimit, refusals)
  const breaker = circuitBreaker(deps)
  const pending = pendingWork()
  const secrets = readClientSecrets(deps)
  const refreshing = performRefresh(deps, breaker, secrets, storePair(deps, breaker, pending))
  const tokenRefresh = coordinateRefresh(deps, breaker, refreshing, pending)
  const budget = rateBudget(deps)
  const erased = erasedIds(deps)
  const tokenUses = noteTokenUses(deps)
  const accessTokens = getAccessToken(deps, tokenRefresh, tokenUses)
  const candidates = resolveCandidate(deps, tokenRefresh, budget)
  const recordGrant = storeGrant(deps, pending)
  const exchange = exchangeCode(deps, secrets, recordGrant, pending)
  const links = issueLinks(deps)
  const invitations = issueInvitations(deps, links)
  const sessions = manageSessions(deps)
  const byPassword = passwordSignIn(deps)
  const confirming = confirmIdentity(deps, rateLimit, byPassword, sessions)
  const notify = notifyAccountChange(deps)
  const accounts = createAccounts(deps, invitations)
  const backgroundRefresh = refreshDueTokens(deps, tokenRefresh, candidates)
  const keyUses = countKeyUses(deps)
  const connections = getConnection(deps, candidates)
  const rejectedTokens = reportRejectedToken(deps, accessTokens, tokenRefresh, budget)
  const webhooks = maintainWebhooks(deps, accessTokens, budget)
  const testOne = testConnection(deps, accessTokens, rejectedTokens, budget)
  const save = saveSettings(deps)
  const switching = switchConnection(deps)
  const journal = readJournal(deps)
  const inspect = inspectConnection(deps, connections)
  const requesting = requestClientCredentials(deps, recordGrant, candidates, backgroundRefresh, testOne)
  const erasing = erasePerson(deps)
  const erasingTenants = eraseTenant(deps, erasing, webhooks)
  const digest = readDigest(deps)
  const exporting = exportPerson(deps)
  return {
    findPerson: erasing.find,
    eraseUser: erasing.user,
    eraseDeactivated: erasing.deactivated,
    eraseTenant: erasingTenants,
    exportUser: exporting.user,
    exportTenant: exporting.tenant,
    sessions,
    passwordSignIn: byPassword,
    confirmIdentity: confirming,
    manageAccount: manageAccount(deps, confirming, sessions, takeMail, notify),
    secondFactor: secondFactor(deps, rateLimit, sessions, { name: 'sign-in:everyone', ...signInLimits.everyone }),
    manageFactors: manageFactors(deps, sessions, notify),
    signIn: signIn(deps, rateLimit, refusals, sessions, byPassword),
    signInWithOidc: signInWithOidc(deps, rateLimit, sessions),
    createAccounts: accounts,
    acceptInvitation: acceptInvitation(deps, sessions, byPassword),
    choosePassword: choosePassword(deps, sessions, byPassword, notify),
    requestPasswordReset: requestPasswordReset(deps, links, rateLimit, takeMail, refusals),
    inviteUsers: inviteUsers(deps, invitations, takeMail),
    manageUsers: manageUsers(deps),
    onboardTenant: onboardTenant(deps, invitations, accounts, takeMail),
    bootstrapSupport: bootstrapSupport(deps, sessions),
    saveSettings: save,
    startAuthorization: startAuthorization(deps, switching),
    handleCallback: handleCallback(deps, exchange, candidates),
    redeemPastedCode: redeemPastedCode(deps, exchange, candidates),
    confirmCandidate: confirmCandidate(deps, candidates),
    resolveCandidate: candidates,
    getConnection: connections,
    inspectConnection: inspect,
    getTenant: getTenant(deps, inspect, journal),
    askMany: askMany(deps, takeMail),
    exportConsole: exportConsole(deps),
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
    switchConnection: switching,
    disconnect: disconnect(deps, webhooks),
    webhooks,
    receiveHint: receiveHint(deps, erased),
    verifyAccounts: verifyAccounts(deps, accessTokens, rejectedTokens, budget),
    rateBudget: budget,
    listConnections: listConnections(deps),
    releaseAddress: releaseAddress(deps),
    noteIncident: noteIncident(deps),
    manageTenants: manageTenants(deps, erasingTenants),
    countConnections: countConnections(deps),
    countKeyUses: keyUses,
    noteTokenUses: tokenUses,
    forwardCall: forwardCalls(deps, accessTokens, rejectedTokens, budget),
    notifyExpiringKeys: notifyExpiringKeys(deps),
    recordRefusal: refusals,
    manageApiKeys: manageApiKeys(deps, keyUses, refusals),
    guideProgress: guideProgress(deps),
    manageKeys: manageKeys(deps),
    measureFleet: measureFleet(deps),
    dispatchDeliveries: dispatchDeliveries(deps, sendMail(deps, digest), sendWebhook(deps)),
    retryDelivery: retryDelivery(deps),
    notifyIncidents: notifyIncidents(deps),
    queueDigest: queueDigest(deps, digest),
    purgeExpired: purgeExpired(deps),
    ...copyLists(deps, erased, budget, accessTokens, rejectedTokens),
    /** No new lease and no replay; resolves when the calls in flight are over and every token pair is stored. */
    finishRefreshes: async () => {
      backgroundRefresh.close()
      refreshing.close()
      tokenRefresh.close()
      await Promise.all([pending.finish(), webhooks.finish()])
    },
  }
}
