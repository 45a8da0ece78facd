import { Key } from 'lucide-react'
import { getTranslations } from 'next-intl/server'
import type { ReactNode } from 'react'
import { requireAdmin } from '#lib/server/session.ts'
import { OutageBanner } from './outage-banner.tsx'
import { type NavEntry, Shell } from './shell.tsx'

interface Props {
  here: string
  /** How many connections wait for a person. */
  broken: number
  children: ReactNode
}

/** The frame of a customer's pages. */
export const AdministrativeShell = async ({ here, broken, children }: Props) => {
  const [admin, t] = await Promise.all([requireAdmin(), getTranslations('shell')])
  const entries: NavEntry[] = [
    {
      href: '/administratif/cle-de-securite',
      label: t('keyPage'),
      icon: <Key className="icon" aria-hidden="true" />,
      ...(broken > 0 && { badge: t('attention', { count: broken }) }),
    },
  ]
  return (
    <Shell
      owner={admin.tenantName}
      person={admin.name}
      title={t('administrative')}
      here={here}
      entries={entries}
      banner={<OutageBanner of="tenant" />}
    >
      {children}
    </Shell>
  )
}
