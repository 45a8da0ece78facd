import { getTranslations } from 'next-intl/server'
import { providerMessages } from '#app/_ui/display/provider-messages.ts'
import type { TenantConnection } from '#lib/server/loaders/support/tenant-page.ts'
import { SupportActions } from './[tenantId]/actions.tsx'
import { NotifiedLine } from './notified-line.tsx'

/** What is wrong, who knows of it, and what support can do, in the list itself. */
export const OpenRow = async ({ connection, now }: { connection: TenantConnection; now: Date }) => {
  const { record, view, notified } = connection
  const [t, words] = await Promise.all([getTranslations('console'), providerMessages(record.provider)])
  const { problem, tone } = view
  return (
    <tr className="opened" data-tone={tone}>
      <td colSpan={7}>
        <div>
          <dl>
            {problem ? (
              <>
                <dt>{words('problem.cause')}</dt>
                <dd>{words(`failures.${problem.code}.cause`)}</dd>
                <dt>{words('problem.fix')}</dt>
                <dd>{words(`failures.${problem.code}.fix`)}</dd>
              </>
            ) : null}
            {tone === 'bad' || tone === 'warn' ? (
              <>
                <dt>{t('notified.label')}</dt>
                <dd>
                  <NotifiedLine notified={notified} now={now} />
                </dd>
              </>
            ) : null}
          </dl>
          <SupportActions connection={connection}>
            <a className="button quiet" href={`/support/${record.tenantId}#timeline`}>
              {t('tenant.timeline')}
            </a>
          </SupportActions>
        </div>
      </td>
    </tr>
  )
}
