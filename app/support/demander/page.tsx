import { ChevronLeft } from 'lucide-react'
import type { Metadata } from 'next'
import { getTranslations } from 'next-intl/server'
import { SupportShell } from '#app/_ui/layout/support-shell.tsx'
import { readAskPage } from '#lib/server/loaders/support/ask-page.ts'
import { hrefOf, type Params } from '#lib/server/loaders/support/support-query.ts'
import { AskForm } from './ask-form.tsx'
import { AskedTable } from './asked-table.tsx'
import { Result } from './result.tsx'

interface Props {
  searchParams: Promise<Params>
}

export const generateMetadata = async ({ searchParams }: Props): Promise<Metadata> => {
  const t = await getTranslations('console.many.title')
  return { title: t((await searchParams).for === 'upgrade' ? 'upgrade' : 'reconnect') }
}

export default async function AskPage({ searchParams }: Props) {
  const [page, t] = await Promise.all([readAskPage(await searchParams), getTranslations('console')])
  const { kind, query, limit, partial, asked, skipped, next } = page
  return (
    <SupportShell here="/support">
      <main id="content" className="wide">
        <p>
          <a className="back" href={hrefOf({ ...query, cursor: null, open: null })}>
            <ChevronLeft className="icon" aria-hidden="true" /> {t('many.back')}
          </a>
        </p>
        <h1>{t(`many.title.${kind}`)}</h1>
        <p className="lede">{t(`many.lede.${kind}`)}</p>
        <p className="help">{t('many.limit', { count: limit })}</p>
        <Result page={page} />
        {partial ? <p className="nothing">{t('filter.partial')}</p> : null}
        {asked.length + skipped.length === 0 ? (
          <p className="nothing">{t(`many.none.${kind}`)}</p>
        ) : (
          <section aria-labelledby="asked-title">
            <h2 id="asked-title">{t('many.asked', { count: asked.length })}</h2>
            {asked.length > 0 ? <AskedTable kind={kind} rows={asked} /> : null}
            <AskForm page={page} />
          </section>
        )}
        {skipped.length > 0 ? (
          <section aria-labelledby="skipped-title">
            <h2 id="skipped-title">{t('many.skipped', { count: skipped.length })}</h2>
            <AskedTable kind={kind} rows={skipped} />
          </section>
        ) : null}
        {next ? (
          <nav className="actions" aria-label={t('pages.label')}>
            <a className="button" href={next} rel="next">
              {t('many.next')}
            </a>
          </nav>
        ) : null}
      </main>
    </SupportShell>
  )
}
