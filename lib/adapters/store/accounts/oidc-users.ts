import { and, eq, inArray, isNotNull, isNull, or } from 'drizzle-orm'
import { isSameIdentity } from '#lib/domain/accounts/oidc-identity.ts'
import type { AccountStore } from '#lib/ports/accounts.ts'
import type { Database } from '../engine/database.ts'
import { writeEntry } from '../journal/journal.ts'
import { notArchived } from './archived.ts'
import { hasEmail } from './has-email.ts'
import { opening } from './sessions.ts'
import { readUser, userColumns } from './users.ts'

type OidcUsers = Pick<AccountStore, 'findOidcUser' | 'openOidcSession' | 'unbindOidc'>

const bindingOf = ({ issuer, subject }: { issuer: string | null; subject: string | null }) =>
  issuer === null || subject === null ? null : { issuer, subject }

export const oidcUserRows = (db: Database): OidcUsers => {
  const { users, tenants, sessions } = db.tables
  return {
    findOidcUser: async (identity) => {
      const { issuer, subject, verifiedEmail } = identity
      const bound = and(eq(users.oidcIssuer, issuer), eq(users.oidcSubject, subject))
      const rows = await db.q
        .select({
          user: userColumns(db),
          disabledAt: users.disabledAt,
          archivedAt: tenants.archivedAt,
          issuer: users.oidcIssuer,
          subject: users.oidcSubject,
        })
        .from(users)
        .leftJoin(tenants, eq(tenants.id, users.tenantId))
        .where(verifiedEmail === null ? bound : or(bound, hasEmail(users.email, verifiedEmail)))
      const found = rows.map((row) => ({
        user: readUser(row.user),
        disabled: (row.disabledAt ?? row.archivedAt) !== null,
        binding: bindingOf(row),
      }))
      return found.find(({ binding }) => binding && isSameIdentity(binding, identity)) ?? found[0] ?? null
    },
    openOidcSession: async (session, { identity: { issuer, subject }, binds, forgiven, now }, entry) => {
      const tokenSet = binds
        ? and(isNull(users.oidcIssuer), isNull(users.oidcSubject))
        : and(eq(users.oidcIssuer, issuer), eq(users.oidcSubject, subject))
      const opened = await db.atomically({
        guard: (q) =>
          q
            .update(users)
            .set({ oidcIssuer: issuer, oidcSubject: subject })
            .where(
              and(eq(users.id, session.userId), isNull(users.disabledAt), notArchived(db, q, users.tenantId), tokenSet),
            )
            .returning({ id: users.id }),
        then: (q) => opening(db, q, { session, forgiven, now, entry }),
      })
      return opened !== null
    },
    unbindOidc: async (email, entry) => {
      const unbound = await db.atomically({
        guard: (q) =>
          q
            .update(users)
            .set({ oidcIssuer: null, oidcSubject: null })
            .where(and(hasEmail(users.email, email), isNotNull(users.oidcSubject)))
            .returning({ id: users.id }),
        then: (q) => [
          q
            .delete(sessions)
            .where(
              and(
                eq(sessions.method, 'oidc'),
                inArray(sessions.userId, q.select({ id: users.id }).from(users).where(hasEmail(users.email, email))),
              ),
            ),
          writeEntry(db, q, entry),
        ],
      })
      return unbound !== null
    },
  }
}
