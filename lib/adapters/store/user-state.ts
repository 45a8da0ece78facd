import { and, isNotNull, isNull, or, type SQL } from 'drizzle-orm'
import type { UserState } from '#lib/domain/listed-user.ts'
import type { Database } from './database.ts'

/** The users in a state, as a condition. */
export const inState = ({ tables: { users } }: Database, state: UserState): SQL | undefined => {
  const entered = or(isNotNull(users.passwordHash), isNotNull(users.oidcSubject))
  const never = and(isNull(users.passwordHash), isNull(users.oidcSubject))
  return state === 'deactivated'
    ? isNotNull(users.disabledAt)
    : and(isNull(users.disabledAt), state === 'active' ? entered : never)
}
