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
  tokenCalls,
  outages,
  incidents,
  apiKeys,
  journal,
  throttleLog,
  vaultKeys,
} = defineTables(sqliteColumns)
