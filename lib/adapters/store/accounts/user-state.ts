import { isNotNull, isNull, type SQL } from 'drizzle-orm'
import type { UserState } from '#lib/domain/accounts/listed-user.ts'
import type { Database } from '../engine/database.ts'

/** The users in a state, as a condition; who is invited is no user yet. */
export const inState = ({ tables: { users } }: Database, state: Exclude<UserState, 'invited'>): SQL =>
  state === 'deactivated' ? isNotNull(users.disabledAt) : isNull(users.disabledAt)
