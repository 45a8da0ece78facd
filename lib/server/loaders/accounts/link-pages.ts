import 'server-only'
import { cache } from 'react'
import { container } from '#lib/composition/container.ts'
import type { Invitee } from '#lib/domain/accounts/invitation.ts'
import type { FailureCode } from '#lib/domain/failure-codes.ts'

/** Whom a live invitation is for, or why it is not live. Changes nothing. */
export const readInvitation = cache(async (token: string): Promise<Invitee | FailureCode> => {
  const { acceptInvitation } = await container()
  const invitee = await acceptInvitation.read(token)
  if (!invitee) return acceptInvitation.deadLinkReason(token)
  return invitee.hasAccount ? 'account_exists' : invitee
})

/** Whose password a live link changes, or why it is not live. Changes nothing. */
export const readPasswordLink = cache(async (token: string): Promise<{ email: string } | FailureCode> => {
  const { choosePassword } = await container()
  const user = await choosePassword.read(token)
  return user ? { email: user.email } : choosePassword.deadLinkReason(token)
})

/** Whether a password opens sessions here; else only the company lets people in. */
export const takesPasswords = async (): Promise<boolean> => !(await (await container()).passwordSignIn.isOff())

/** Whether a link can be mailed to somebody who forgot the password. */
export const canMailPassword = async (): Promise<boolean> => (await container()).requestPasswordReset.possible()

/** Whether a first-run link is live: only while no support user exists. Changes nothing. */
export const readFirstRun = cache(async (token: string): Promise<boolean> => {
  const { bootstrapSupport } = await container()
  return bootstrapSupport.isLive(token)
})
