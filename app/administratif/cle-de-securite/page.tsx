import type { Metadata } from 'next'
import { getTranslations } from 'next-intl/server'
import { AutoRefresh } from '#app/_ui/display/auto-refresh.tsx'
import { AdministrativeShell } from '#app/_ui/layout/administrative-shell.tsx'
import { autoRefresh } from '#lib/server/actions/key.ts'
import { requireMember } from '#lib/server/auth/session.ts'
import { readConnectionStates } from '#lib/server/loaders/connections/connection-states.ts'
import { readConnection, readKeyPage } from '#lib/server/loaders/connections/key-page.ts'
import { shownVersion } from '#lib/server/loaders/connections/shown-version.ts'
import { readV1Page } from '#lib/server/loaders/connections/v1-page.ts'
import { State } from './reader/state.tsx'
import { Teo } from './teo/section.tsx'
import { TlGroup } from './tl-group/section.tsx'

export const generateMetadata = async (): Promise<Metadata> => ({ title: (await getTranslations('key'))('title') })

/** What an admin sees and does. */
const Sections = async () => {
  const [v2, v1, teo] = await Promise.all([readKeyPage(), readV1Page(), readConnection('teo')])
  return (
    <>
      <TlGroup v1={v1} v2={v2} shown={shownVersion(v1, v2)} />
      <Teo page={teo} />
    </>
  )
}

export default async function KeyOfSecurityPage() {
  const [member, t] = await Promise.all([requireMember(), getTranslations('key')])
  return (
    <AdministrativeShell here="/administratif/cle-de-securite">
      <main id="content">
        <h1>{t('title')}</h1>
        <p className="lede">{t('lede')}</p>
        {member.role === 'admin' ? (
          <Sections />
        ) : (
          (await readConnectionStates(member)).map((state) => <State key={state.provider} state={state} />)
        )}
        <AutoRefresh look={autoRefresh} />
      </main>
    </AdministrativeShell>
  )
}
