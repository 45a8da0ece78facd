import 'server-only'
import { notFound } from 'next/navigation'
import { container } from '#lib/composition/container.ts'
import { isTenantId } from '#lib/domain/accounts/tenant.ts'
import { isFailureCode } from '#lib/domain/failure-codes.ts'
import type { JournalPlace } from '#lib/domain/journal/journal-view.ts'
import { requireSupport } from '#lib/server/auth/session.ts'
import type { TenantConnection } from '#lib/use-cases/support/get-tenant.ts'
import { journalFormatter } from '../journal/journal-messages.ts'
import { type Params, readQuery, writeQuery } from '../journal/journal-query.ts'

export type TenantPage = Awaited<ReturnType<typeof readTenant>>
export type { TenantConnection }

const hrefOf = (id: string, after: JournalPlace | null) => `/support/${id}${writeQuery({ ...readQuery({}), after })}`

/** One customer as support sees it; 404 for one there is not. */
export const readTenant = async (id: string, params: Params) => {
  await requireSupport()
  const [{ getTenant }, { format }] = await Promise.all([container(), journalFormatter()])
  const { after } = readQuery(params)
  const shown = isTenantId(id) ? await getTenant(id, after) : null
  if (!shown) notFound()
  const { entries, older, incidents, ...rest } = shown
  return {
    ...rest,
    entries: entries.map(format),
    incidents: incidents.map((incident) => ({
      ...incident,
      failure: isFailureCode(incident.reason) ? incident.reason : null,
    })),
    older: older && `${hrefOf(id, older)}#timeline`,
    newest: after && `${hrefOf(id, null)}#timeline`,
  }
}

/** The name, for the title of the tab. */
export const readTenantName = async (id: string): Promise<string | null> => {
  await requireSupport()
  const { store } = await container()
  return isTenantId(id) ? ((await store.accounts.findTenant(id))?.name ?? null) : null
}
