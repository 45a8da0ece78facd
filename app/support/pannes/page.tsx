import type { Metadata } from 'next'
import { getTranslations } from 'next-intl/server'
import { SupportShell } from '#app/_ui/layout/support-shell.tsx'
import { mostOutages, readOutageHistory } from '#lib/server/loaders/support/outages-page.ts'
import { OutageRow } from './outage-row.tsx'

export const generateMetadata = async (): Promise<Metadata> => ({
  title: (await getTranslations('console.outages'))('title'),
})

/** When a provider failed for everybody, for how long, whom it kept waiting, and how it ended. */
export default async function OutagesPage() {
  const [{ outages, now }, t] = await Promise.all([readOutageHistory(), getTranslations('console.outages')])
  return (
    <SupportShell here="/support/pannes">
      <main id="content" className="wide">
        <h1>{t('title')}</h1>
        <p className="lede">{t('lede')}</p>
        {outages.length === 0 ? (
          <p className="nothing">{t('none')}</p>
        ) : (
          <table className="stacked outages">
            <caption className="visually-hidden">{t('caption')}</caption>
            <thead>
              <tr>
                <th scope="col">{t('column.since')}</th>
                <th scope="col">{t('column.provider')}</th>
                <th scope="col">{t('column.kind')}</th>
                <th scope="col">{t('column.took')}</th>
                <th scope="col">{t('column.connections')}</th>
                <th scope="col">{t('column.outcome')}</th>
              </tr>
            </thead>
            <tbody>
              {outages.map((outage) => (
                <OutageRow key={outage.id} outage={outage} now={now} />
              ))}
            </tbody>
          </table>
        )}
        {outages.length === mostOutages ? <p className="help">{t('most', { count: mostOutages })}</p> : null}
      </main>
    </SupportShell>
  )
}
