import { sqliteColumns } from './sqlite-columns.ts'
import { defineTables } from './tables.ts'

export const {
  tenants,
  searchWords,
  users,
  sessions,
  oneTimeLinks,
  totpSecrets,
  passkeys,
  recoveryCodes,
  clients,
  connections,
  tokenSets,
  pendingAuthorizations,
  tokenCalls,
  outages,
  highWaterMarks,
  incidents,
  deliveries,
  guideSteps,
  apiKeys,
  journal,
  throttleLog,
  vaultKeys,
} = defineTables(sqliteColumns)
