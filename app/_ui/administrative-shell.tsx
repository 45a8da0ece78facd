import { Key, ListChecks, ScrollText } from 'lucide-react'
import { getTranslations } from 'next-intl/server'
import type { ReactNode } from 'react'
import type { TenantRole } from '#lib/domain/user.ts'
import { requireMember } from '#lib/server/session.ts'
import { OutageBanner } from './outage-banner.tsx'
import { type NavEntry, Shell } from './shell.tsx'

interface Props {
  here: string
  /** How many connections wait for a person. */
  broken: number
  children: ReactNode
}

/** A customer's pages, in the order of the navigation, and who may see each. */
const pages = [
  { href: '/administratif/cle-de-securite', label: 'keyPage', Icon: Key, roles: ['admin'] },
  { href: '/administratif/guide', label: 'guide', Icon: ListChecks, roles: ['admin'] },
  { href: '/administratif/journal', label: 'journal', Icon: ScrollText, roles: ['admin', 'reader'] },
] as const

const seenBy = (role: TenantRole) => pages.filter(({ roles }) => roles.some((other) => other === role))

/** The frame of a customer's pages. */
export const AdministrativeShell = async ({ here, broken, children }: Props) => {
  const [member, t] = await Promise.all([requireMember(), getTranslations('shell')])
  const entries: NavEntry[] = seenBy(member.role).map(({ href, label, Icon }) => ({
    href,
    label: t(label),
    icon: <Icon className="icon" aria-hidden="true" />,
    ...(label === 'keyPage' && broken > 0 && { badge: t('attention', { count: broken }) }),
  }))
  return (
    <Shell
      owner={member.tenantName}
      person={member.name}
      title={t('administrative')}
      here={here}
      entries={entries}
      banner={<OutageBanner of="tenant" />}
    >
      {children}
    </Shell>
  )
}
