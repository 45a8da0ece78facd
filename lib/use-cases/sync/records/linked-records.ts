import type { TenantId } from '#lib/domain/accounts/tenant.ts'
import { withTokens } from '#lib/domain/connections/provider.ts'
import { Failure } from '#lib/domain/failure.ts'
import type { ListQuestion } from '#lib/domain/sync/question.ts'
import { syncedLists } from '#lib/domain/sync/synced-lists.ts'
import type { Deps } from '#lib/ports/deps.ts'
import type { ListedRecord } from '#lib/ports/sync/records.ts'
import type { RateBudget } from '../../rate-budget/rate-budget.ts'
import type { GetAccessToken } from '../../tokens/get-access-token.ts'

/** Whoever opens a record waits for this no longer, in milliseconds. */
const deadlineMs = 3_000

export interface LinkedRecord {
  record: ListedRecord
  /** What the contact is in the company. */
  position: string | null
}

const objectOf = (value: unknown) =>
  typeof value === 'object' && value !== null ? (value as Record<string, unknown>) : {}

/** Of a contact's `.info`: its companies, and what it is there. */
const companiesIn = (row: unknown) => {
  const { companies } = objectOf(row)
  return (Array.isArray(companies) ? companies : []).map((link) => {
    const { company, position } = objectOf(link)
    return { id: objectOf(company).id, position: typeof position === 'string' && position !== '' ? position : null }
  })
}

/** Which company a contact works for is in no list: it is asked when somebody opens one of them, as that person's call. */
export const linkedRecords = (
  { store, providers, log }: Pick<Deps, 'store' | 'providers' | 'log'>,
  { call }: Pick<RateBudget, 'call'>,
  { obtain }: Pick<GetAccessToken, 'obtain'>,
) => {
  const ask = async (tenantId: TenantId, question: ListQuestion): Promise<readonly unknown[] | null> => {
    try {
      const { accessToken, window } = await obtain({ tenantId, provider: 'teamleader', minTtlMs: deadlineMs })
      const { readList } = withTokens(providers.teamleader)
      const answered = await call(window, 'person', deadlineMs, async () => {
        const answer = await readList(syncedLists.contacts, question, accessToken, deadlineMs)
        const throttled = answer.kind === 'failed' && answer.failure === 'provider_throttled'
        return { answer, limit: answer.limit, throttled }
      })
      return answered?.answer.kind === 'rows' ? answered.answer.rows : null
    } catch (error) {
      if (!(error instanceof Failure))
        log.error('linked records were not read', { tenantId, errorClass: String((error as Error)?.name) })
      return null
    }
  }

  /** What is copied of those that were named; others are none of ours to show. */
  const known = async (
    of: Parameters<typeof store.records.named>[0],
    links: readonly { id: unknown; position: string | null }[],
  ): Promise<LinkedRecord[]> => {
    const positions = new Map(links.flatMap(({ id, position }) => (typeof id === 'string' ? [[id, position]] : [])))
    const records = await store.records.named(of, [...positions.keys()])
    return records.map((record) => ({ record, position: positions.get(record.id) ?? null }))
  }

  return {
    /** @returns null where the provider did not say */
    companiesOf: async (tenantId: TenantId, contactId: string): Promise<LinkedRecord[] | null> => {
      const rows = await ask(tenantId, { kind: 'record', id: contactId })
      return rows && known({ tenantId, list: 'companies' }, companiesIn(rows[0]))
    },
    /** A page of them. @returns null where the provider did not say */
    contactsOf: async (tenantId: TenantId, companyId: string): Promise<LinkedRecord[] | null> => {
      const rows = await ask(tenantId, { kind: 'of_company', companyId })
      const links = rows?.map((row) => ({ id: objectOf(row).id, position: null }))
      return links ? known({ tenantId, list: 'contacts' }, links) : null
    },
  }
}
