import { z } from 'zod'
import { checkEmail, checkName } from '#lib/domain/accounts/account-validation.ts'
import { userStates } from '#lib/domain/accounts/listed-user.ts'
import { tenantRoles } from '#lib/domain/accounts/user.ts'
import { checked, text } from './read-form.ts'

/** The name of somebody else. */
export const personName = checked((typed) => checkName(typed, 'person_name_missing'))

export const invitationForm = z.object({
  email: checked(checkEmail),
  name: personName,
  role: z.enum(tenantRoles, { error: 'role_missing' }),
})

/** What the page offers to do to somebody. */
export const userOperations = [
  'invite_again',
  'revoke',
  'to_reader',
  'to_admin',
  'deactivate',
  'reactivate',
  'erase',
  'send_password',
] as const

const changed = { error: 'user_changed' }

/** A button in the row of somebody, and what the page showed of them when it was pressed. */
export const userOperationForm = z.object({
  userId: text,
  operation: z.enum(userOperations, changed),
  seenRole: z.enum(tenantRoles, changed),
  seenState: z.enum(userStates, changed),
})

/** The same for support's own people. */
export const staffOperations = ['invite_again', 'revoke', 'deactivate', 'reactivate', 'erase', 'reset_factor'] as const

export const staffInvitationForm = z.object({ email: checked(checkEmail), name: personName })

export const staffOperationForm = z.object({
  userId: text,
  operation: z.enum(staffOperations, changed),
  seenState: z.enum(userStates, changed),
})
