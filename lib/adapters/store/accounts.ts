import type { AccountStore } from '#lib/ports/account-store.ts'
import type { Database } from './database.ts'
import { linkRows } from './links.ts'
import { oidcUserRows } from './oidc-users.ts'
import { sessionRows } from './sessions.ts'
import { tenantRows } from './tenants.ts'
import { userRows } from './users.ts'

/** Who exists here and how they get in. */
export const accountStore = (db: Database): AccountStore => ({
  ...tenantRows(db),
  ...userRows(db),
  ...sessionRows(db),
  ...oidcUserRows(db),
  ...linkRows(db),
})
