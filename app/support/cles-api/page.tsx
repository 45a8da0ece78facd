import type { Metadata } from 'next'
import { getTranslations } from 'next-intl/server'
import { KeysView } from '#app/_ui/keys/keys-view.tsx'
import { SupportShell } from '#app/_ui/layout/support-shell.tsx'
import { createPlatformKey, revokePlatformKey } from '#lib/server/actions/api-keys.ts'
import { readPlatformKeys } from '#lib/server/loaders/api-keys/keys-page.ts'

const here = '/support/cles-api'

export const generateMetadata = async (): Promise<Metadata> => ({ title: (await getTranslations('apiKeys'))('title') })

export default async function PlatformKeysPage() {
  const [page, t] = await Promise.all([readPlatformKeys(), getTranslations('apiKeys')])
  return (
    <SupportShell here={here}>
      <main id="content" className="wide">
        <h1>{t('title')}</h1>
        <p className="lede">{t('platformLede')}</p>
        <KeysView page={page} here={here} create={createPlatformKey} revoke={revokePlatformKey} />
      </main>
    </SupportShell>
  )
}
