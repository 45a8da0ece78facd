import type { Metadata } from 'next'
import { getTranslations } from 'next-intl/server'
import { AdministrativeShell } from '#app/_ui/administrative-shell.tsx'
import { LookAgain } from '#app/_ui/look-again.tsx'
import { readKeyPage } from '#lib/server/key-page.ts'
import { lookAgain } from './actions.ts'
import { TlGroup } from './tl-group.tsx'

export const generateMetadata = async (): Promise<Metadata> => ({ title: (await getTranslations('key'))('title') })

export default async function KeyOfSecurityPage() {
  const [page, t] = await Promise.all([readKeyPage(), getTranslations('key')])
  return (
    <AdministrativeShell here="/administratif/cle-de-securite">
      <main id="content">
        <h1>{t('title')}</h1>
        <p className="lede">{t('lede')}</p>
        <TlGroup page={page} />
        <LookAgain look={lookAgain} />
      </main>
    </AdministrativeShell>
  )
}
