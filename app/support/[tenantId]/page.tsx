import { ChevronLeft } from 'lucide-react'
import type { Metadata } from 'next'
import { getTranslations } from 'next-intl/server'
import { AutoRefresh } from '#app/_ui/display/auto-refresh.tsx'
import { SupportShell } from '#app/_ui/layout/support-shell.tsx'
import { autoRefresh } from '#lib/server/actions/support.ts'
import type { Params } from '#lib/server/loaders/journal/journal-query.ts'
import { readTenant, readTenantName } from '#lib/server/loaders/support/tenant-page.ts'
import { Erasing } from '../erasing.tsx'
import { Admins } from './admins.tsx'
import { Connection } from './connection.tsx'
import { Copies } from './copies/copies.tsx'
import { Archived } from './customer/archived.tsx'
import { Customer } from './customer/customer.tsx'
import { Deliveries } from './deliveries.tsx'
import { FirstAdmin } from './first-admin.tsx'
import { Identity } from './identity.tsx'
import { Incidents } from './incidents/incidents.tsx'
import { Released } from './released.tsx'
import { Timeline } from './timeline.tsx'

interface Props {
  params: Promise<{ tenantId: string }>
  searchParams: Promise<Params>
}

export const generateMetadata = async ({ params }: Props): Promise<Metadata> => {
  const name = await readTenantName((await params).tenantId)
  return name === null ? {} : { title: name }
}

export default async function TenantPage({ params, searchParams }: Props) {
  const [page, t] = await Promise.all([
    readTenant((await params).tenantId, await searchParams),
    getTranslations('console.tenant'),
  ])
  const { tenant, connections, admins, gone, incidents, erasing, now } = page
  return (
    <SupportShell here="/support">
      <main id="content" className="wide">
        <p>
          <a className="back" href="/support">
            <ChevronLeft className="icon" aria-hidden="true" /> {t('back')}
          </a>
        </p>
        <Identity tenant={tenant} />
        <Erasing erasing={erasing} now={now} />
        {erasing.length > 0 ? null : (
          <>
            <Archived tenant={tenant} now={now} />
            {connections.map((connection) => (
              <Connection
                key={connection.record.provider}
                connection={connection}
                archived={tenant.archivedAt !== null}
                now={now}
              />
            ))}
            <Copies tenantId={tenant.id} now={now} />
            <Admins admins={admins} now={now} />
            {tenant.archivedAt ? null : <FirstAdmin tenant={tenant} />}
            <Released tenant={tenant} gone={gone} />
            <Incidents tenant={tenant} incidents={incidents} now={now} />
            <Timeline {...page} />
            <Deliveries tenantId={tenant.id} />
            <Customer {...page} />
          </>
        )}
        <AutoRefresh look={autoRefresh} />
      </main>
    </SupportShell>
  )
}
