import 'server-only'
import { getTranslations } from 'next-intl/server'
import { container } from '#lib/composition/container.ts'
import { isExported, isTenantId } from '#lib/domain/accounts/tenant.ts'
import { isFailureCode } from '#lib/domain/failure-codes.ts'
import type { JournalLine } from '#lib/domain/journal/journal-view.ts'
import { isConfirmedNow } from '#lib/server/auth/confirmation.ts'
import { requireSupport, requireTenant } from '#lib/server/auth/session.ts'
import type { TenantConnection } from '#lib/use-cases/support/inspect-connection.ts'
import { type FormattedEntry, formatterOf } from '../journal/journal-messages.ts'
import { filterOf, type Params, readQuery, writeQuery } from '../journal/journal-query.ts'
import { termsOf } from '../journal/journal-terms.ts'

export type TenantPage = Awaited<ReturnType<typeof readTenant>>
export type { TenantConnection }

const anchor = '#timeline'

/** One customer as support sees it; 404 for one there is not. */
export const readTenant = async (id: string, params: Params) => {
  const support = await requireSupport()
  const [{ getTenant, eraseTenant, store }, t] = await Promise.all([container(), getTranslations()])
  const tenant = await requireTenant(id)
  const query = readQuery(params)
  const people = await store.journal.people(tenant.id)
  const filter = filterOf(query, support, termsOf(query.typed, t, people))
  const [{ journal, incidents, ...rest }, exportedAt, confirmed, erasing] = await Promise.all([
    getTenant(tenant, filter, query.after),
    store.tenants.findExport(tenant.id),
    isConfirmedNow(),
    eraseTenant.progress(),
  ])
  const { lines, older, partial } = journal
  /** The note that an entry tells of, while no newer one took its place. */
  const notedBy = ({ event, at, detail }: JournalLine) =>
    event === 'incident.noted'
      ? incidents.find(({ id, note }) => id === detail.incident && note?.at.getTime() === at.getTime())?.note
      : null
  const { format } = formatterOf(t)
  const entryOf = (line: JournalLine): FormattedEntry => {
    const [entry, note] = [format(line), notedBy(line)]
    const fact = note && { label: t('console.note.label'), value: note.text, verbatim: false }
    return fact ? { ...entry, facts: [...entry.facts, fact] } : entry
  }
  const address = `/support/${id}`
  const whole = writeQuery({ ...query, after: null })
  return {
    ...rest,
    /** Itself, while it is being erased. */
    erasing: erasing.filter((one) => one.id === tenant.id),
    customer: {
      exportedAt,
      erasable: isExported(tenant, exportedAt),
      /** Whether what asks « Confirmez que c'est vous » would not ask now. */
      confirmed,
    },
    timeline: {
      query,
      people,
      entries: lines.map(entryOf),
      action: `${address}${anchor}`,
      filtered: whole !== '',
      older: older && `${address}${writeQuery({ ...query, after: older })}${anchor}`,
      newest: query.after && `${address}${whole}${anchor}`,
      partial,
    },
    incidents: incidents.map((incident) => ({
      ...incident,
      failure: isFailureCode(incident.reason) ? incident.reason : null,
    })),
  }
}

/** The name, for the title of the tab. */
export const readTenantName = async (id: string): Promise<string | null> => {
  await requireSupport()
  const { store } = await container()
  return isTenantId(id) ? ((await store.accounts.findTenant(id))?.name ?? null) : null
}
