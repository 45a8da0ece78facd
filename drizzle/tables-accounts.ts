import type { Columns } from './sqlite-columns.ts'

/** Who exists here: tenants, their users, and how users get in. */
export const accountTables = (c: Columns) => {
  const tenants = c.table(
    'tenants',
    {
      id: c.text().primaryKey(),
      name: c.text().notNull(),
      /** The customer's number in Pro+. */
      ref: c.text().unique(),
      createdAt: c.instant().notNull(),
    },
    (t) => [c.index('tenants_name').on(t.name, t.id)],
  )
  const users = c.table(
    'users',
    {
      id: c.text().primaryKey(),
      /** Null for support staff, who belong to no tenant. */
      tenantId: c.text().references(() => tenants.id, { onDelete: 'cascade' }),
      role: c.enumeration(['admin', 'support']).notNull(),
      /** Folded to lower case. */
      email: c.text().notNull().unique(),
      name: c.text().notNull(),
      passwordHash: c.text(),
      locale: c.enumeration(['fr', 'nl', 'en']).notNull(),
      disabledAt: c.instant(),
      createdAt: c.instant().notNull(),
    },
    (t) => [c.index('users_tenant').on(t.tenantId), c.index('users_role').on(t.role)],
  )
  const sessions = c.table(
    'sessions',
    {
      id: c.text().primaryKey(),
      userId: c
        .text()
        .notNull()
        .references(() => users.id, { onDelete: 'cascade' }),
      createdAt: c.instant().notNull(),
      expiresAt: c.instant().notNull(),
    },
    (t) => [c.index('sessions_user').on(t.userId), c.index('sessions_expires').on(t.expiresAt)],
  )
  const oneTimeLinks = c.table(
    'one_time_links',
    {
      id: c.text().primaryKey(),
      kind: c.enumeration(['invitation', 'password', 'first_run']).notNull(),
      tokenHash: c.text().notNull().unique(),
      /** Null for a first run, which creates its user. */
      userId: c.text().references(() => users.id, { onDelete: 'cascade' }),
      expiresAt: c.instant().notNull(),
      usedAt: c.instant(),
      createdAt: c.instant().notNull(),
    },
    (t) => [c.index('one_time_links_user').on(t.userId, t.kind)],
  )
  return { tenants, users, sessions, oneTimeLinks }
}
