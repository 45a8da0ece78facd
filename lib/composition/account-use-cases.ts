import type { Deps } from '#lib/ports/deps.ts'
import { bootstrapSupport } from '#lib/use-cases/accounts/bootstrap-support.ts'
import { confirmIdentity } from '#lib/use-cases/accounts/confirm-identity.ts'
import { createAccounts } from '#lib/use-cases/accounts/create-accounts.ts'
import { inviteUsers } from '#lib/use-cases/accounts/invite-users.ts'
import { issueLinks } from '#lib/use-cases/accounts/issue-link.ts'
import { manageAccount } from '#lib/use-cases/accounts/manage-account.ts'
import { manageUsers } from '#lib/use-cases/accounts/manage-users.ts'
import { onboardTenant } from '#lib/use-cases/accounts/onboard-tenant.ts'
import { passwordSignIn } from '#lib/use-cases/accounts/password-sign-in.ts'
import type { LimitRate } from '#lib/use-cases/accounts/rate-limit.ts'
import { redeemLink } from '#lib/use-cases/accounts/redeem-link.ts'
import { requestPasswordReset } from '#lib/use-cases/accounts/request-password-reset.ts'
import { manageSessions } from '#lib/use-cases/accounts/sessions.ts'
import { signIn, signInLimits } from '#lib/use-cases/accounts/sign-in.ts'
import { signInWithOidc } from '#lib/use-cases/accounts/sign-in-with-oidc.ts'
import { manageFactors } from '#lib/use-cases/factors/manage-factors.ts'
import { secondFactor } from '#lib/use-cases/factors/second-factor.ts'
import type { RecordRefusal } from '#lib/use-cases/journal/record-refusal.ts'
import type { LimitMails } from '#lib/use-cases/notifications/limit-mails.ts'
import { tellOfChange } from '#lib/use-cases/notifications/tell-of-change.ts'

/** Those of people: how they come in, and what they do with their own access and that of others. */
export const accountUseCases = (deps: Deps, rateLimit: LimitRate, refusals: RecordRefusal, takeMail: LimitMails) => {
  const links = issueLinks(deps)
  const sessions = manageSessions(deps)
  const byPassword = passwordSignIn(deps)
  const confirming = confirmIdentity(deps, rateLimit, byPassword)
  const tell = tellOfChange(deps)
  const accounts = createAccounts(deps, links)
  return {
    sessions,
    passwordSignIn: byPassword,
    confirmIdentity: confirming,
    manageAccount: manageAccount(deps, confirming, takeMail, tell),
    secondFactor: secondFactor(deps, rateLimit, { name: 'sign-in:everyone', ...signInLimits.everyone }),
    manageFactors: manageFactors(deps, tell),
    signIn: signIn(deps, rateLimit, refusals, sessions, byPassword),
    signInWithOidc: signInWithOidc(deps, rateLimit, sessions),
    createAccounts: accounts,
    acceptInvitation: redeemLink(deps, sessions, byPassword, 'invitation', tell),
    choosePassword: redeemLink(deps, sessions, byPassword, 'password', tell),
    requestPasswordReset: requestPasswordReset(deps, links, rateLimit, takeMail, refusals),
    inviteUsers: inviteUsers(deps, links, takeMail),
    manageUsers: manageUsers(deps),
    onboardTenant: onboardTenant(deps, links, accounts, takeMail),
    bootstrapSupport: bootstrapSupport(deps, sessions),
  }
}
