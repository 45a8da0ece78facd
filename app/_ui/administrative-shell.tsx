import { Key } from 'lucide-react'
import { getTranslations } from 'next-intl/server'
import type { ReactNode } from 'react'
import { requireAdmin } from '#lib/server/session.ts'
import { type NavEntry, Shell } from './shell.tsx'

/** The frame of a customer's pages. */
export const AdministrativeShell = async ({ here, children }: { here: string; children: ReactNode }) => {
  const [admin, t] = await Promise.all([requireAdmin(), getTranslations('shell')])
  const entries: NavEntry[] = [
    {
      href: '/administratif/cle-de-securite',
      label: t('keyPage'),
      icon: <Key className="icon" aria-hidden="true" />,
    },
  ]
  return (
    <Shell owner={admin.tenantName} person={admin.name} title={t('administrative')} here={here} entries={entries}>
      {children}
    </Shell>
  )
}
