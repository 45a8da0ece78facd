import { sqliteColumns } from './sqlite-columns.ts'
import { defineTables } from './tables.ts'

export const {
  tenants,
  users,
  sessions,
  oneTimeLinks,
  clients,
  connections,
  tokenSets,
  pendingAuthorizations,
  journal,
  throttleLog,
  vaultKeys,
} = defineTables(sqliteColumns)
