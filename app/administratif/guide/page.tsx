import type { Metadata } from 'next'
import { getTranslations } from 'next-intl/server'
import { AutoRefresh } from '#app/_ui/display/auto-refresh.tsx'
import { AdministrativeShell } from '#app/_ui/layout/administrative-shell.tsx'
import { autoRefresh } from '#lib/server/actions/guide.ts'
import { readGuidePage } from '#lib/server/loaders/guide/guide-page.ts'
import { Checklist } from './checklist.tsx'

export const generateMetadata = async (): Promise<Metadata> => ({ title: (await getTranslations('guide'))('title') })

interface Props {
  searchParams: Promise<Record<string, string | string[] | undefined>>
}

export default async function GuidePage({ searchParams }: Props) {
  const { etape } = await searchParams
  const [page, t] = await Promise.all([readGuidePage(String(etape)), getTranslations('guide')])
  const done = page.steps.every((step) => step.done)
  return (
    <AdministrativeShell here="/administratif/guide">
      <main id="content">
        <h1>{t('title')}</h1>
        <p className="lede">{t(done ? 'ledeDone' : page.key.through === 'shared' ? 'ledeShared' : 'lede')}</p>
        <Checklist page={page} />
        <AutoRefresh look={autoRefresh} />
      </main>
    </AdministrativeShell>
  )
}
