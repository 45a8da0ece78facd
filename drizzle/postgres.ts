import { columns } from './postgres-columns.ts'
import { defineTables } from './tables.ts'

export const {
  tenants,
  searchWords,
  users,
  sessions,
  oneTimeLinks,
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
  rateBudgets,
  providerWebhooks,
  webhookHints,
  journal,
  throttleLog,
  vaultKeys,
} = defineTables(columns)
