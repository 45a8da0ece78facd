import { and, isNotNull, isNull, or, type SQL } from 'drizzle-orm'
import type { UserState } from '#lib/domain/accounts/listed-user.ts'
import type { Database } from '../engine/database.ts'

/** Who has come in once, as a condition. */
export const hasEntered = ({ tables: { users } }: Database): SQL | undefined =>
  or(isNotNull(users.passwordHash), isNotNull(users.oidcSubject))

/** The users in a state, as a condition. */
export const inState = (db: Database, state: UserState): SQL | undefined => {
  const { users } = db.tables
  const never = and(isNull(users.passwordHash), isNull(users.oidcSubject))
  return state === 'deactivated'
    ? isNotNull(users.disabledAt)
    : and(isNull(users.disabledAt), state === 'active' ? hasEntered(db) : never)
}
