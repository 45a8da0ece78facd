import { Braces, List, Plus, Users } from 'lucide-react'
import { getTranslations } from 'next-intl/server'
import type { ReactNode } from 'react'
import { requireSupport } from '#lib/server/auth/session.ts'
import { OutageBanner } from '../notices/outage-banner.tsx'
import { type NavEntry, Shell } from './shell.tsx'

/** The frame of the support team's pages. */
export const SupportShell = async ({ here, children }: { here: string; children: ReactNode }) => {
  const [user, t] = await Promise.all([requireSupport(), getTranslations('shell')])
  const entries: NavEntry[] = [
    { href: '/support', label: t('tenants'), icon: <List className="icon" aria-hidden="true" /> },
    { href: '/support/nouveau', label: t('newTenant'), icon: <Plus className="icon" aria-hidden="true" /> },
    { href: '/support/utilisateurs', label: t('staff'), icon: <Users className="icon" aria-hidden="true" /> },
    { href: '/support/cles-api', label: t('apiKeys'), icon: <Braces className="icon" aria-hidden="true" /> },
  ]
  return (
    <Shell
      owner={t('supportTeam')}
      userName={user.name}
      title={t('support')}
      here={here}
      entries={entries}
      banner={<OutageBanner of="support" />}
    >
      {children}
    </Shell>
  )
}
