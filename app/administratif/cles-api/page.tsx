import type { Metadata } from 'next'
import { getTranslations } from 'next-intl/server'
import { KeysView } from '#app/_ui/keys/keys-view.tsx'
import { AdministrativeShell } from '#app/_ui/layout/administrative-shell.tsx'
import { createKey, revokeKey } from '#lib/server/actions/api-keys.ts'
import { readKeys } from '#lib/server/loaders/api-keys/keys-page.ts'

const here = '/administratif/cles-api'

export const generateMetadata = async (): Promise<Metadata> => ({ title: (await getTranslations('apiKeys'))('title') })

export default async function KeysPage() {
  const [page, t] = await Promise.all([readKeys(), getTranslations('apiKeys')])
  return (
    <AdministrativeShell here={here}>
      <main id="content" className="wide">
        <h1>{t('title')}</h1>
        <p className="lede">{t('lede')}</p>
        <KeysView page={page} here={here} create={createKey} revoke={revokeKey} />
      </main>
    </AdministrativeShell>
  )
}
